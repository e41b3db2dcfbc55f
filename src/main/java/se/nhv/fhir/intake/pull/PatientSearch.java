package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
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

  private void find(Ask ask, SortedSet<String> measures) {
    Set<String> brought = new HashSet<>();
    Predicate<ObjectNode> found = resource -> found(ask.type(), resource, brought);
    int before = queries.asked().size();
    queries.ask(FIND, ask, measures, found);
    boolean isAnswered = queries.asked().size() > before;
    if (isAnswered && since == null && ask.values().size() > 1) {
      askAgainForTheRest(ask, measures, brought, found);
    }
  }

  private boolean found(String type, ObjectNode resource, Set<String> brought) {
    boolean isAnchor =
        isOf(resource, type)
            && plan.anchors().stream()
                .anyMatch(it -> it.type().equals(type) && it.includes(resource));
    if (!isAnchor) {
      return false;
    }
    resource
        .findParents("code")
        .forEach(it -> brought.add(it.path("system").asText() + "|" + it.path("code").asText()));
    patient(resource).ifPresent(patients::add);
    return patient(resource).isEmpty(); // the intake says what is wrong with it
  }

  /** There are sources that read only one value of a list and do not say so. */
  private void askAgainForTheRest(
      Ask ask, SortedSet<String> measures, Set<String> brought, Predicate<ObjectNode> found) {
    for (Ask one : ask.inListsOf(1)) {
      String value = one.values().get(0);
      if (!brought.contains(value)) {
        queries.ask(FIND, one, measures, found);
        if (brought.contains(value)) {
          queries.askSingly();
        }
      }
    }
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
