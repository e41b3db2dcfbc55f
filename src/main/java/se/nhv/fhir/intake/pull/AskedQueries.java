package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;

/**
 * The queries of one pull. What a source does not take is asked again in a coarser form. There are
 * sources that read only a part of a list and do not say so. A list of ids must bring each of them,
 * or those are asked for one by one. For any other type one list is asked twice, so that a patient
 * of whom it brought something stands elsewhere and at an end of it; a list that brings nothing is
 * asked once patient by patient. Once a source has not read a list, all is asked for one by one.
 * Once it is known how the source reads the lists of a type, as many queries run at once as the
 * limits of the endpoint say. Mutable, for one thread.
 */
final class AskedQueries {

  private static final Logger LOG = LoggerFactory.getLogger(AskedQueries.class);

  /** How many patients are asked for at once. */
  private static final int MOST = 50;

  private final PageClient client;
  private final FhirEndpoint endpoint;
  private final Intake intake;
  private final Unit unit;
  private final PullProgress progress; // told of one page at a time
  private final PullMemory memory;
  private final Runnable afterEach;
  private final List<PullOutcome.Query> asked = new ArrayList<>();
  private final Map<String, Integer> longest = new ConcurrentHashMap<>();
  private final Set<String> tried = ConcurrentHashMap.newKeySet();
  private final Set<String> failed = ConcurrentHashMap.newKeySet();

  /**
   * What is asked for in one step of a pull.
   *
   * @param name of the step
   * @param measures that need the answers
   * @param wanted told of every resource that arrives; whether the intake gets it
   * @param outcomes what came of each query is added
   */
  private record Step(
      String name,
      SortedSet<String> measures,
      Predicate<ObjectNode> wanted,
      List<PullOutcome.Query> outcomes) {

    Step withOutcomes(List<PullOutcome.Query> own) {
      return new Step(name, measures, wanted, own);
    }
  }

  /**
   * What came of some queries.
   *
   * @param brought whether anything of the type arrived
   * @param whole whether all came to their end and everything was taken
   */
  private record Came(boolean brought, boolean whole) {
    static final Came NOTHING = new Came(false, true);

    Came and(Came other) {
      return new Came(brought || other.brought, whole && other.whole);
    }
  }

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
    this.progress =
        (type, pages, resources) -> {
          synchronized (asked) {
            progress.arrived(type, pages, resources);
          }
        };
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
   * @param wanted told of every resource that arrives, by several threads at once; whether the
   *     intake gets it
   */
  void ask(String name, Ask ask, SortedSet<String> measures, Predicate<ObjectNode> wanted) {
    Step step = new Step(name, measures, wanted, asked);
    Ask rest = ask;
    while (rest.values().size() > 1
        && !(isDecided(ask.type()) && endpoint.limits().parallel() > 1)) {
      Ask list = rest.inListsOf(most(ask.type())).get(0);
      askOne(step, list);
      rest = rest.withoutValues(Set.copyOf(list.values()));
    }
    if (!rest.values().isEmpty() || ask.values().isEmpty()) {
      askAtOnce(step, rest.inListsOf(most(ask.type())));
    }
  }

  /** Whether it is known how the source reads lists of that type. */
  private boolean isDecided(String type) {
    return memory.listsRead().contains(type) || !memory.listsMisread().isEmpty();
  }

  /** Asks on several threads; the outcomes stand in the order of the asks. */
  private void askAtOnce(Step step, List<Ask> asks) {
    List<List<PullOutcome.Query>> outcomes = new ArrayList<>();
    List<Runnable> tasks = new ArrayList<>();
    for (Ask ask : asks) {
      List<PullOutcome.Query> own = new ArrayList<>();
      outcomes.add(own);
      tasks.add(() -> askOne(step.withOutcomes(own), ask));
    }
    InParallel.run(endpoint.limits().parallel(), tasks);
    outcomes.forEach(asked::addAll);
  }

  private Came askAll(Step step, List<Ask> asks) {
    Came came = Came.NOTHING;
    for (Ask ask : asks) {
      came = came.and(askOne(step, ask));
    }
    return came;
  }

  private Came askOne(Step step, Ask ask) {
    int most = most(ask.type());
    if (ask.values().size() > most) {
      return askAll(step, ask.inListsOf(most));
    }
    if (isFinished(step, ask) || isFinished(step, new Ask(ask.type()))) {
      return Came.NOTHING;
    }
    TypeQuery query = query(step, ask);
    PullOutcome.Query outcome = query.run().of(step.measures);
    List<Ask> coarser = query.isRefused() ? ask.coarser() : List.of();
    if (!coarser.isEmpty()) {
      LOG.info("Unit {}: the source refused {}; it is asked in a coarser way", unit, outcome.url());
      longest.merge(ask.type(), Math.max(1, ask.values().size() / 2), Math::min);
      return askAll(step, coarser);
    }
    Came came = note(step, query, outcome);
    if (came.whole && ask.values().size() > 1) {
      came = came.and(askForTheSilent(step, ask, query.answered()));
    }
    if (came.whole) {
      memory.finished().add(key(step, ask));
      afterEach.run();
    }
    return came;
  }

  /** Asks for those of whom a list brought nothing, unless it is sure that it was read whole. */
  private Came askForTheSilent(Step step, Ask list, Set<String> answered) {
    String type = list.type();
    if (answered.containsAll(list.values())) {
      memory.listsRead().add(type);
      return Came.NOTHING;
    }
    Came came = Came.NOTHING;
    if (!list.isOfEach()) {
      boolean isTrusted = memory.listsRead().contains(type);
      if (isTrusted || (answered.isEmpty() && (list.isOfChanges() || !tried.add(type)))) {
        return came;
      }
      came = askInAnotherOrder(step, list, answered);
      if (memory.listsRead().contains(type)) {
        return came;
      }
    }
    Came ofSilent = askAll(step, list.withoutValues(answered).inListsOf(1));
    if (ofSilent.brought) {
      memory.listsMisread().add(type);
    }
    return came.and(ofSilent);
  }

  /** Whoever is answered for at one end of a list and elsewhere in it shows that it is read. */
  private Came askInAnotherOrder(Step step, Ask list, Set<String> answered) {
    if (answered.isEmpty()) {
      return Came.NOTHING;
    }
    Ask reordered = list.withOneMoved(answered);
    TypeQuery query = query(step, reordered);
    Came came = note(step, query, query.run().of(step.measures));
    if (came.whole) {
      boolean isRead = query.answered().stream().anyMatch(answered::contains);
      (isRead ? memory.listsRead() : memory.listsMisread()).add(list.type());
    }
    return came;
  }

  private TypeQuery query(Step step, Ask ask) {
    return new TypeQuery(
        client, endpoint, ask, new Deliveries(intake, unit), step.wanted, progress);
  }

  private Came note(Step step, TypeQuery query, PullOutcome.Query outcome) {
    step.outcomes.add(outcome);
    if (outcome.failure() != null) {
      failed.add(step.name + " " + outcome.type());
    }
    LOG.info(
        "Pulled {} for unit {}: {} pages, {} resources, {} refused, {}",
        outcome.type(),
        unit,
        outcome.pages(),
        outcome.resources(),
        outcome.refused().size(),
        outcome.failure() == null ? "to the end" : "failed: " + outcome.failure());
    boolean isWhole = outcome.failure() == null && outcome.refused().isEmpty();
    return new Came(query.matches() > 0, isWhole);
  }

  private boolean isFinished(Step step, Ask ask) {
    return memory.finished().contains(key(step, ask));
  }

  private static String key(Step step, Ask ask) {
    return PullMemory.hash(step.name + " " + ask.query(""));
  }
}
