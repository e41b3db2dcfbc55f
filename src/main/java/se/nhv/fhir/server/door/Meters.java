package se.nhv.fhir.server.door;

import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.FhirContext;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.EvaluationListener;
import se.nhv.fhir.run.RunOutcome;
import se.nhv.fhir.run.jobs.EndpointStates;
import se.nhv.fhir.run.jobs.JobListener;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.store.Applied;

/**
 * What the rooms tell, as metrics. A label holds only what stands in the settings, in FHIR or in
 * this program, never what a hospital has sent. Safe for use by many threads at once.
 */
@Component
public final class Meters implements JobListener, EvaluationListener {

  private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE");
  private static final String OTHER = "other";

  private final MeterRegistry registry;

  /** Counts in that registry. */
  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Resources have been taken in, or were there already. */
  public void taken(Unit unit, List<Applied> applied) {
    for (Applied one : applied) {
      registry
          .counter(
              "nhv.intake.resources",
              "unit",
              unit.hsaId(),
              "type",
              type(one.key().type()),
              "effect",
              one.effect().name().toLowerCase(Locale.ROOT))
          .increment();
    }
  }

  /** Resources have been refused; each is counted by the element at fault, as FHIR defines it. */
  public void refused(List<Refusal> refusals) {
    refusals.forEach(
        it -> registry.counter("nhv.intake.refusals", "element", known(it.element())).increment());
  }

  /** A request has been answered. */
  public void answered(String path, String method, int status, Duration took) {
    registry
        .timer(
            "nhv.http.requests",
            "door",
            door(path),
            "method",
            METHODS.contains(method) ? method : OTHER,
            "status",
            Integer.toString(status))
        .record(took);
  }

  @Override
  public void ended(JobRequest request, String outcome, Duration duration) {
    registry
        .timer(
            "nhv.jobs",
            "kind",
            request.kind().code(),
            "unit",
            request.unit().hsaId(),
            "outcome",
            outcome)
        .record(duration);
  }

  @Override
  public void pulled(String endpoint, PullOutcome outcome) {
    for (PullOutcome.Query query : outcome.queries()) {
      boolean failed = query.failure() != null;
      registry
          .counter(
              "nhv.pull.queries", "endpoint", endpoint, "outcome", failed ? "failed" : "complete")
          .increment();
      registry.counter("nhv.pull.pages", "endpoint", endpoint).increment(query.pages());
      registry
          .counter("nhv.pull.resources", "endpoint", endpoint)
          .increment((double) query.resources());
      registry.counter("nhv.pull.refusals", "endpoint", endpoint).increment(query.refused().size());
    }
  }

  @Override
  public void evaluated(Unit unit, RunOutcome outcome, Duration duration) {
    registry.timer("nhv.evaluation", "unit", unit.hsaId()).record(duration);
    registry
        .counter("nhv.evaluation.patients", "unit", unit.hsaId())
        .increment((double) outcome.patients());
    registry
        .counter("nhv.evaluation.patients.not.evaluable", "unit", unit.hsaId())
        .increment(outcome.notEvaluable().size());
  }

  /** Shows from now on how long ago the endpoint was pulled completely; NaN while it never was. */
  public void watch(String endpoint, EndpointStates states, Clock clock) {
    io.micrometer.core.instrument.Gauge.builder(
            "nhv.pull.since.complete",
            () ->
                states
                    .lastComplete(endpoint)
                    .map(last -> (double) Duration.between(last, clock.instant()).toSeconds())
                    .orElse(Double.NaN))
        .baseUnit("seconds")
        .tag("endpoint", endpoint)
        .register(registry);
  }

  private static String door(String path) {
    for (String door : List.of("/intake", "/fhir", "/actuator")) {
      if (path.equals(door) || path.startsWith(door + "/")) {
        return door.substring(1);
      }
    }
    return OTHER;
  }

  private static String type(String type) {
    return AcceptedTypes.contains(type) ? type : OTHER;
  }

  /** Type and first element of a path, when both are FHIR's: else what was sent could show. */
  private static String known(String path) {
    String[] parts = path.replaceAll("\\[[0-9]*]", "").split("\\.", -1);
    for (int i = 0; i < parts.length; i++) {
      if (AcceptedTypes.contains(parts[i])) {
        return parts[i] + (i + 1 < parts.length ? element(parts[i], parts[i + 1]) : "");
      }
    }
    return OTHER;
  }

  private static String element(String type, String name) {
    BaseRuntimeElementCompositeDefinition<?> definition =
        FhirContext.forR4Cached().getResourceDefinition(type);
    boolean known =
        definition.getChildByName(name) != null
            || definition.getChildByName(name + "[x]") != null
            || Set.of("id", "meta", "extension").contains(name);
    return known ? "." + name : "";
  }
}
