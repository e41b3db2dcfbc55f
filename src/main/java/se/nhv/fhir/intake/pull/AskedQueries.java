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
 * The queries of one pull. What a source does not take is asked again in a coarser form. There are
 * sources that read only a part of a list and do not say so: until a source has shown that it reads
 * the lists of a type, the values of which a list brought nothing are asked for one by one; once
 * any of these brings something, all is asked for one by one. A type of which a list brings nothing
 * at all is tried so once. Mutable, for one thread.
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
  private final PullMemory memory;
  private final Runnable afterEach;
  private final List<PullOutcome.Query> asked = new ArrayList<>();
  private final Map<String, Integer> longest = new HashMap<>();
  private final Set<String> tried = new HashSet<>();
  private final Set<String> failed = new HashSet<>();

  /**
   * What is asked for in one step of a pull.
   *
   * @param name of the step
   * @param measures that need the answers
   * @param wanted told of every resource that arrives; whether the intake gets it
   */
  private record Step(String name, SortedSet<String> measures, Predicate<ObjectNode> wanted) {}

  /**
   * @param memory knows the queries of this pull that are done already, and how lists are read
   * @param afterEach told when a query has come to its end
   */
  AskedQueries(
      PageClient client,
      FhirEndpoint endpoint,
      Intake intake,
      Unit unit,
      PullProgress progress,
      PullMemory memory,
      Runnable afterEach) {
    this.client = client;
    this.endpoint = endpoint;
    this.intake = intake;
    this.unit = unit;
    this.progress = progress;
    this.memory = memory;
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

  /** How many values a list may have. */
  private int most(String type) {
    return memory.listsMisread().isEmpty() ? longest.getOrDefault(type, MOST) : 1;
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
    askAll(new Step(name, measures, wanted), ask);
  }

  private boolean askAll(Step step, Ask ask) {
    boolean brought = false;
    for (Ask part : ask.inListsOf(most(ask.type()))) {
      brought |= askOne(step, part);
    }
    return brought;
  }

  /** Answers whether anything of the type arrived. */
  private boolean askOne(Step step, Ask ask) {
    if (ask.values().size() > most(ask.type())) {
      return askAll(step, ask);
    }
    if (isFinished(step, ask) || isFinished(step, new Ask(ask.type()))) {
      return false;
    }
    Instant start = Instant.now();
    TypeQuery query =
        new TypeQuery(client, endpoint, ask, new Deliveries(intake, unit), step.wanted, progress);
    PullOutcome.Query outcome = query.run().of(step.measures);
    List<Ask> coarser = query.isRefused() ? ask.coarser() : List.of();
    if (!coarser.isEmpty()) {
      LOG.info("Unit {}: the source refused {}; it is asked in a coarser way", unit, outcome.url());
      longest.merge(ask.type(), Math.max(1, ask.values().size() / 2), Math::min);
      boolean brought = false;
      for (Ask instead : coarser) {
        brought |= askOne(step, instead);
      }
      return brought;
    }
    note(step, ask, outcome, start);
    boolean brought = query.matches() > 0;
    if (outcome.failure() == null && ask.values().size() > 1) {
      brought |= askForTheSilent(step, ask, query.answered());
    }
    return brought;
  }

  /** Asks for those of whom a list brought nothing, as long as it may not have been read whole. */
  private boolean askForTheSilent(Step step, Ask list, Set<String> answered) {
    String type = list.type();
    if (list.showsListsRead(answered)) {
      memory.listsRead().add(type);
      return false;
    }
    boolean isTrusted = !list.isOfEach() && memory.listsRead().contains(type);
    boolean isWorthIt = !answered.isEmpty() || (!list.isOfChanges() && tried.add(type));
    if (isTrusted || !(isWorthIt || list.isOfEach())) {
      return false;
    }
    boolean brought = false;
    for (Ask one : list.withoutValues(answered).inListsOf(1)) {
      brought |= askOne(step, one);
    }
    if (brought) {
      memory.listsMisread().add(type);
    }
    return brought;
  }

  private void note(Step step, Ask ask, PullOutcome.Query outcome, Instant start) {
    asked.add(outcome);
    if (outcome.failure() != null) {
      failed.add(step.name + " " + ask.type());
    } else if (outcome.refused().isEmpty()) {
      memory.finished().add(key(step, ask));
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

  private boolean isFinished(Step step, Ask ask) {
    return memory.finished().contains(key(step, ask));
  }

  private static String key(Step step, Ask ask) {
    return PullMemory.hash(step.name + " " + ask.query(""));
  }
}
