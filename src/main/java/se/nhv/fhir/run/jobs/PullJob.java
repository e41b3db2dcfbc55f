package se.nhv.fhir.run.jobs;

import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.pull.FhirPull;
import se.nhv.fhir.intake.pull.PullOutcome;

/**
 * A pull from one of the unit's endpoints; its input is {@code endpoint}. What a query that failed
 * was to bring is missing: the run is then incomplete and names it.
 */
public final class PullJob implements Job {

  private static final int MOST_GAPS = 100;

  private final FhirPull pull;
  private final List<PullEndpoint> endpoints;
  private final JobListener listener;

  /** Pulls from those endpoints into that intake. */
  public PullJob(Intake intake, List<PullEndpoint> endpoints, JobListener listener) {
    this.pull = new FhirPull(intake);
    this.endpoints = List.copyOf(endpoints);
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
    PullOutcome outcome =
        pull.pull(
            request.unit(),
            endpoint.source(),
            (type, pages, resources) -> control.done("pages", 1));
    listener.pulled(id, outcome);
    return new JobOutcome(outcome.complete(), results(outcome));
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
    return results;
  }

  private static JobOutcome.Result count(String name, long count) {
    return JobOutcome.Result.count(name, count);
  }
}
