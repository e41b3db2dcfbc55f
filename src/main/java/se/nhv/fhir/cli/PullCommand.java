package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.pull.CodeTranslation;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;

/** {@code pull}: a unit's data from a hospital's FHIR endpoint into the store. */
@Command(
    name = "pull",
    description =
        "Pulls one unit's data from a hospital's FHIR R4 endpoint into the store. Exit code 0 only"
            + " when every query succeeded; 3 when any did not.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class PullCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--from",
      required = true,
      paramLabel = "URL",
      description = "the base URL of the endpoint, for example https://ehr.example.org/fhir")
  private URI from;

  @Option(
      names = "--unit",
      required = true,
      paramLabel = "HSA-ID",
      description = "the unit whose endpoint it is")
  private Unit unit;

  @Option(
      names = "--token",
      defaultValue = "${env:NHV_PULL_TOKEN}",
      paramLabel = "T",
      description = "a bearer token for the endpoint; better in env NHV_PULL_TOKEN")
  private @Nullable String token;

  @Option(
      names = "--area",
      paramLabel = "AREA",
      description =
          "a licensed area that the unit gives, for example net; repeat it for several"
              + " (default: all that there are Measures for)")
  private List<Area> areas = List.of();

  @Option(
      names = "--full",
      description =
          "everything again, not only what the source has changed since the last pull;"
              + " what is gone at the source is deleted")
  private boolean full;

  @Option(
      names = "--overlap",
      defaultValue = "PT1H",
      paramLabel = "DURATION",
      description =
          "how far a pull of changes goes back behind the start of the former pull"
              + " (default: ${DEFAULT-VALUE})")
  private Duration overlap;

  @Override
  public Integer call() {
    FhirEndpoint endpoint = endpoint();
    PullOutcome outcome;
    try (StoreDatabase database = StoreDatabase.open(store.settings())) {
      RequirementsPull pull =
          new RequirementsPull(
              new StoreIntake(database.intake()), database.intake(), Content.packed());
      PullRequest request = request(pull);
      try (Progress progress = new Progress("pages", 0)) {
        outcome =
            pull.pull(unit, endpoint, request, (type, pages, resources) -> progress.accept(1));
      }
    }
    tell(outcome);
    return outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  /** Shows the plan. */
  private PullRequest request(RequirementsPull pull) {
    try {
      PullRequest request = new PullRequest(areas, full, overlap, CodeTranslation.IDENTITY);
      pull.explain(request).forEach(spec.commandLine().getOut()::println);
      return request;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private FhirEndpoint endpoint() {
    try {
      return new FhirEndpoint(from, token, PullLimits.defaults());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(PullOutcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    for (PullOutcome.Query query : outcome.queries()) {
      out.printf(
          "%-22s %4d pages %8d resources: %d changed, %d unchanged, %d refused%s%n  %s%n",
          query.type(),
          query.pages(),
          query.resources(),
          query.changed(),
          query.unchanged(),
          query.refused().size(),
          query.failure() == null ? "" : " — FAILED",
          query.url());
      query.notes().forEach(note -> out.println("  note: " + note));
    }
    outcome.notes().forEach(note -> out.println("note: " + note));
    if (outcome.deleted() > 0) {
      out.println(outcome.deleted() + " deleted here, gone at the source");
    }
    out.println(outcome.complete() ? "complete" : "INCOMPLETE");
    out.flush();
    PrintWriter problems = spec.commandLine().getErr();
    outcome.gaps().forEach(problems::println);
    problems.flush();
  }
}
