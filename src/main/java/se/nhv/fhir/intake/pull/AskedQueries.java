package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;

/**
 * The queries of one pull. What a source does not take is asked again in a coarser form; a list
 * that brings nothing is asked once value by value, for there are sources that do not read lists
 * and do not say so. Mutable, for one thread.
 */
final class AskedQueries {

  private static final Logger LOG = LoggerFactory.getLogger(AskedQueries.class);

  /** How many patients are asked for at once. */
  private static final int MOST = 50;

  private final PageClient client;
  private final FhirEndpoint endpoint;
  private final Intake intake;
  private final Unit unit;
  private final PullProgress progress;
  private final Set<String> finished;
  private final Runnable afterEach;
  private final List<PullOutcome.Query> asked = new ArrayList<>();
  private final Map<String, Integer> longest = new HashMap<>();
  private final Set<String> probed = new HashSet<>();
  private final Set<String> failed = new HashSet<>();

  /**
   * @param finished the queries of this pull that are done already; those that end well are added
   * @param afterEach told when one is added
   */
  AskedQueries(
      PageClient client,
      FhirEndpoint endpoint,
      Intake intake,
      Unit unit,
      PullProgress progress,
      Set<String> finished,
      Runnable afterEach) {
    this.client = client;
    this.endpoint = endpoint;
    this.intake = intake;
    this.unit = unit;
    this.progress = progress;
    this.finished = finished;
    this.afterEach = afterEach;
  }

  /** What came of each, in the order asked. */
  List<PullOutcome.Query> asked() {
    return asked;
  }

  /** Whether every query of that name and type came to its end. */
  boolean cameToTheEnd(String name, String type) {
    return !failed.contains(name + " " + type);
  }

  /** Asks for everything in the lists to come value by value. */
  void askSingly() {
    longest.put("", 1);
  }

  /** How many values a list may have. */
  int most(String type) {
    return Math.min(longest.getOrDefault("", MOST), longest.getOrDefault(type, MOST));
  }

  /** The source does not offer what the Measures need. */
  void notOffered(String name, String type, SortedSet<String> measures) {
    failed.add(name + " " + type);
    asked.add(
        new PullOutcome.Query(
            type,
            Origin.below(endpoint.base(), type).toString(),
            0,
            0,
            0,
            0,
            List.of(),
            List.of(),
            "the source's CapabilityStatement does not name this type; ask its vendor to open it",
            measures));
  }

  /**
   * Asks, in lists as long as the source takes.
   *
   * @param name of the step of the pull
   * @param measures that need the answer
   * @param wanted told of every resource that arrives; whether the intake gets it
   */
  void ask(String name, Ask ask, SortedSet<String> measures, Predicate<ObjectNode> wanted) {
    for (Ask part : ask.inListsOf(most(ask.type()))) {
      askOne(name, part, measures, wanted);
    }
  }

  private void askOne(
      String name, Ask ask, SortedSet<String> measures, Predicate<ObjectNode> wanted) {
    String key = key(name, ask);
    boolean isCovered = finished.contains(key(name, new Ask(ask.type())));
    if (finished.contains(key) || isCovered) {
      return;
    }
    if (ask.values().size() > most(ask.type())) {
      ask(name, ask, measures, wanted);
      return;
    }
    Instant start = Instant.now();
    TypeQuery query =
        new TypeQuery(client, endpoint, ask, new Deliveries(intake, unit), wanted, progress);
    PullOutcome.Query outcome = query.run().of(measures);
    List<Ask> coarser = query.isRefused() ? ask.coarser() : List.of();
    if (!coarser.isEmpty()) {
      LOG.info("Unit {}: the source refused {}; it is asked in a coarser way", unit, outcome.url());
      longest.merge(ask.type(), Math.max(1, ask.values().size() / 2), Math::min);
      coarser.forEach(it -> askOne(name, it, measures, wanted));
      return;
    }
    note(name, ask, key, outcome, start);
    if (outcome.failure() == null && query.matches() == 0 && isSuspicious(name, ask)) {
      long before = asked.stream().mapToLong(PullOutcome.Query::resources).sum();
      ask.inListsOf(1).forEach(it -> askOne(name, it, measures, wanted));
      if (asked.stream().mapToLong(PullOutcome.Query::resources).sum() > before) {
        askSingly();
      }
    }
  }

  private void note(String name, Ask ask, String key, PullOutcome.Query outcome, Instant start) {
    asked.add(outcome);
    if (outcome.failure() != null) {
      failed.add(name + " " + ask.type());
    } else if (outcome.refused().isEmpty()) {
      finished.add(key);
      afterEach.run();
    }
    LOG.info(
        "Pulled {} for unit {}: {} pages, {} resources, {} refused, {}, in {} ms",
        ask.type(),
        unit,
        outcome.pages(),
        outcome.resources(),
        outcome.refused().size(),
        outcome.failure() == null ? "to the end" : "failed: " + outcome.failure(),
        Duration.between(start, Instant.now()).toMillis());
  }

  /** A list of patients of whom nothing has changed is not. */
  private boolean isSuspicious(String name, Ask ask) {
    boolean isOfChanges = ask.narrowing().stream().anyMatch(it -> it.startsWith("_lastUpdated="));
    return ask.values().size() > 1 && !isOfChanges && probed.add(name + " " + ask.type());
  }

  private static String key(String name, Ask ask) {
    return PullMemory.hash(name + " " + ask.query(""));
  }
}
