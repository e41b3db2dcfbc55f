package se.nhv.fhir.run.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.pull.CodeTranslation;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.measure.Unit;

/**
 * A pull from one of the unit's endpoints; its input is {@code endpoint} and {@code mode}. What a
 * query that failed was to bring is missing: the run is then incomplete and names it.
 */
public final class PullJob implements Job {

  private static final int MOST_GAPS = 100;

  /** The input that says whether all is asked for or what has changed. */
  public static final String MODE = "mode";

  /** The mode in which all is asked for. */
  public static final String FULL = "full";

  private final Supplier<RequirementsPull> searches;
  private final Function<Unit, CodeTranslation> translations;
  private final BulkExport exports;
  private final List<PullEndpoint> endpoints;
  private final Consumer<Unit> judging;
  private final JobListener listener;

  /**
   * Pulls from those endpoints.
   *
   * @param searches asked for when a job runs, for it wants the content
   * @param judging judges what a unit has stored, when a pull has brought something
   * @param translations how each unit's source says what the criteria ask for
   */
  public PullJob(
      Supplier<RequirementsPull> searches,
      Function<Unit, CodeTranslation> translations,
      BulkExport exports,
      List<PullEndpoint> endpoints,
      Consumer<Unit> judging,
      JobListener listener) {
    this.searches = searches;
    this.translations = translations;
    this.exports = exports;
    this.endpoints = List.copyOf(endpoints);
    this.judging = judging;
    this.listener = listener;
  }

  @Override
  public JobOutcome run(JobRequest request, JobControl control) {
    String id = request.required(JobRequest.ENDPOINT);
    PullEndpoint endpoint =
        endpoints.stream()
            .filter(it -> it.id().equals(id) && it.unit().equals(request.unit()) && !it.off())
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "the unit has no endpoint " + id + " in the settings, or it is off"));
    PullOutcome outcome = pull(endpoint, FULL.equals(request.input().get(MODE)), control);
    listener.pulled(id, outcome);
    judging.accept(request.unit());
    return new JobOutcome(outcome.complete(), results(outcome));
  }

  private PullOutcome pull(PullEndpoint endpoint, boolean full, JobControl control) {
    BulkRequest export = endpoint.export();
    if (export == null) {
      PullRequest request =
          new PullRequest(
              endpoint.areas(),
              full,
              PullRequest.USUAL_OVERLAP,
              translations.apply(endpoint.unit()));
      return searches
          .get()
          .pull(
              endpoint.unit(),
              endpoint.source(),
              request,
              (type, pages, resources) -> control.done("pages", 1));
    }
    BulkRequest wanted =
        export.withSince(
            full
                ? null
                : exports.lastComplete(endpoint.unit(), endpoint.source(), export).orElse(null));
    PullOutcome outcome =
        exports.pull(endpoint.unit(), endpoint.source(), wanted, step -> control.done("steps", 1));
    return outcome.touching(type -> searches.get().measuresThatNeed(type, endpoint.areas()));
  }

  private static List<JobOutcome.Result> results(PullOutcome outcome) {
    List<JobOutcome.Result> results = new ArrayList<>();
    List<PullOutcome.Query> queries = outcome.queries();
    long failed = queries.stream().filter(it -> it.failure() != null).count();
    long refused = queries.stream().mapToLong(it -> it.refused().size()).sum();
    results.add(JobOutcome.Result.count("queries", queries.size()));
    results.add(JobOutcome.Result.count("queries-failed", failed));
    results.add(count("pages", queries.stream().mapToLong(PullOutcome.Query::pages).sum()));
    results.add(count("resources", queries.stream().mapToLong(PullOutcome.Query::resources).sum()));
    results.add(count("changed", queries.stream().mapToLong(PullOutcome.Query::changed).sum()));
    results.add(count("unchanged", queries.stream().mapToLong(PullOutcome.Query::unchanged).sum()));
    results.add(count("refused", refused));
    results.add(count("deleted", outcome.deleted()));
    results.addAll(
        JobOutcome.texts(
            "failed-query",
            queries.stream()
                .filter(it -> it.failure() != null)
                .map(it -> it.type() + " from " + it.url() + ": " + it.failure())
                .toList(),
            MOST_GAPS));
    results.addAll(
        JobOutcome.texts(
            "refused-resource",
            queries.stream().flatMap(it -> it.refused().stream()).map(it -> it.text()).toList(),
            MOST_GAPS));
    queries.stream()
        .filter(it -> it.failure() != null)
        .flatMap(it -> it.measures().stream())
        .distinct()
        .sorted()
        .forEach(measure -> results.add(JobOutcome.Result.text("measure-touched", measure)));
    outcome.notes().forEach(note -> results.add(JobOutcome.Result.text("note", note)));
    return results;
  }

  private static JobOutcome.Result count(String name, long count) {
    return JobOutcome.Result.count(name, count);
  }
}
