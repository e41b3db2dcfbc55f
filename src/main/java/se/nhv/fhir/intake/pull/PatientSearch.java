package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.PatientReferences;

/** The first phase of a pull: finds the patients whom any Measure may be about. For one thread. */
final class PatientSearch {

  private static final String FIND = "find";

  private final PullPlan plan;
  private final SourceCapabilities source;
  private final AskedQueries queries;
  private final @Nullable Instant since;
  private final Set<String> patients;

  /**
   * @param since only by what has changed since then, or null
   * @param patients the ids of those who are found are added
   */
  PatientSearch(
      PullPlan plan,
      SourceCapabilities source,
      AskedQueries queries,
      @Nullable Instant since,
      Set<String> patients) {
    this.plan = plan;
    this.source = source;
    this.queries = queries;
    this.since = since;
    this.patients = patients;
  }

  /** Asks each question once, although several anchors may come to the same one. */
  void run() {
    Map<Ask, SortedSet<String>> asks = new LinkedHashMap<>();
    for (PullPlan.Wanted anchor : plan.anchors()) {
      if (source.offers(anchor.type())) {
        List<String> narrowing = source.changedSince(anchor.type(), since);
        PullPlan.asks(anchor, source, narrowing)
            .forEach(
                it -> asks.computeIfAbsent(it, a -> new TreeSet<>()).addAll(anchor.measures()));
      } else {
        queries.notOffered(FIND, anchor.type(), anchor.measures());
      }
    }
    asks.forEach(this::find);
  }

  /** Code by code, for there are sources that read only one value of a list and do not say so. */
  private void find(Ask ask, SortedSet<String> measures) {
    for (Ask one : ask.inListsOf(1)) {
      queries.ask(FIND, one, measures, resource -> found(ask.type(), resource));
    }
  }

  private boolean found(String type, ObjectNode resource) {
    boolean isAnchor =
        isOf(resource, type)
            && plan.anchors().stream()
                .anyMatch(it -> it.type().equals(type) && it.includes(resource));
    if (!isAnchor) {
      return false;
    }
    patient(resource).ifPresent(patients::add);
    return patient(resource).isEmpty(); // the intake says what is wrong with it
  }

  static boolean isOf(ObjectNode resource, String type) {
    return resource.path("resourceType").asText().equals(type);
  }

  static Optional<String> patient(ObjectNode resource) {
    return isOf(resource, "Patient")
        ? Optional.of(resource.path("id").asText())
        : PatientReferences.id(resource.path("subject").path("reference").asText());
  }
}
