package se.nhv.fhir.intake.bulk;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.RefusedResource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;

/** Deletions on their way into the intake, in batches. For one thread. */
final class Deletions {

  private static final int BATCH = 500;
  private static final Pattern REFERENCE =
      Pattern.compile("(?:.*/)?([A-Z][A-Za-z]{1,40})/([A-Za-z0-9.-]{1,64})");

  private final Intake intake;
  private final Unit unit;
  private final Set<Delivery> waiting = new LinkedHashSet<>();
  private long changed;
  private long unchanged;

  Deletions(Intake intake, Unit unit) {
    this.intake = intake;
    this.unit = unit;
  }

  long changed() {
    return changed;
  }

  long unchanged() {
    return unchanged;
  }

  /**
   * Takes the deletion of a resource by its address; one of a type that is never kept has no
   * effect.
   *
   * @return whether it is the address of a resource
   */
  boolean add(String url) {
    Matcher reference = REFERENCE.matcher(url);
    if (!reference.matches()) {
      return false;
    }
    if (AcceptedTypes.contains(reference.group(1))) {
      waiting.add(new Delivery.Deletion(reference.group(1), reference.group(2), null));
    }
    if (waiting.size() == BATCH) {
      flush();
    }
    return true;
  }

  /** Hands over what waits. */
  void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    List<Delivery> batch = new ArrayList<>(waiting);
    for (Applied applied : intake.deliver(unit, batch)) {
      if (applied.effect() == Applied.Effect.UNCHANGED) {
        unchanged++;
      } else {
        changed++;
      }
    }
    waiting.clear();
  }

  static RefusedResource refused(String name, String element, String problem) {
    return new RefusedResource(name, new Refusal(0, element, problem, "ask the source's vendor"));
  }
}
