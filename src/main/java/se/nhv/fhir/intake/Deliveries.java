package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;

/**
 * Resources of a folder or of pages on their way into the intake, in batches. One that is refused
 * is left out and kept as a value; the others go on. For one thread.
 */
public final class Deliveries {

  private static final int BATCH = 500;

  private final Intake intake;
  private final Unit unit;
  private final List<String> names = new ArrayList<>();
  private final List<Delivery> waiting = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private final List<RefusedResource> refused = new ArrayList<>();
  private long changed;
  private long unchanged;

  /** For resources of that unit. */
  public Deliveries(Intake intake, Unit unit) {
    this.intake = intake;
    this.unit = unit;
  }

  /** How many were stored new or in a new version, those that came late among them. */
  public long changed() {
    return changed;
  }

  /** How many were stored already. */
  public long unchanged() {
    return unchanged;
  }

  /** Those that were not taken, known in full after {@link #flush}. */
  public List<RefusedResource> refused() {
    return refused;
  }

  /**
   * Takes one resource.
   *
   * @param name by which a refusal names it
   * @param json in UTF-8
   */
  public void add(String name, byte[] json) {
    add(name, () -> StrictJson.tree(json));
  }

  /**
   * Takes one resource that is already read.
   *
   * @param name by which a refusal names it
   */
  public void add(String name, ObjectNode json) {
    add(name, () -> json);
  }

  private void add(String name, Supplier<ObjectNode> reading) {
    try {
      ObjectNode json = reading.get();
      Resource resource = StrictJson.parse(json);
      String key = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
      if (keys.contains(key)) {
        flush(); // one batch changes a resource once
      }
      keys.add(key);
      waiting.add(new Delivery.Update(resource, StrictJson.encode(json), null));
      names.add(name);
    } catch (MalformedResourceException e) {
      e.refusals().forEach(it -> refused.add(new RefusedResource(name, it)));
    }
    if (waiting.size() == BATCH) {
      flush();
    }
  }

  /** Hands over what waits. */
  public void flush() {
    if (!waiting.isEmpty()) {
      try {
        count(intake.deliver(unit, waiting));
      } catch (DeliveryRefusedException e) {
        deliverOthers(e.refusals());
      }
    }
    waiting.clear();
    names.clear();
    keys.clear();
  }

  private void deliverOthers(List<Refusal> refusals) {
    Set<Integer> out = new HashSet<>();
    for (Refusal refusal : refusals) {
      out.add(refusal.index());
      refused.add(new RefusedResource(names.get(refusal.index()), refusal));
    }
    List<Delivery> others = new ArrayList<>();
    for (int i = 0; i < waiting.size(); i++) {
      if (!out.contains(i)) {
        others.add(waiting.get(i));
      }
    }
    if (!others.isEmpty()) {
      count(intake.deliver(unit, others));
    }
  }

  private void count(List<Applied> applied) {
    for (Applied one : applied) {
      if (one.effect() == Applied.Effect.UNCHANGED) {
        unchanged++;
      } else {
        changed++;
      }
    }
  }
}
