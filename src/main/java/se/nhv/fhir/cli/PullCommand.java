package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkLimits;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.FhirPull;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;
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

  @Mixin private EndpointOptions from;

  @Option(
      names = "--unit",
      required = true,
      paramLabel = "HSA-ID",
      description = "the unit whose endpoint it is")
  private Unit unit;

  @ArgGroup(exclusive = false, heading = "Bulk Data%n")
  private @Nullable BulkOptions bulk;

  @Override
  public Integer call() {
    FhirEndpoint endpoint = usable(from::endpoint);
    PullOutcome outcome;
    try (StoreDatabase database = StoreDatabase.open(store.settings());
        Progress progress = new Progress("pages", 0)) {
      if (bulk != null) {
        return export(bulk, endpoint, database.intake());
      }
      outcome =
          new FhirPull(new StoreIntake(database.intake()))
              .pull(unit, endpoint, (type, pages, resources) -> progress.accept(1));
    }
    return tell(outcome);
  }

  private int export(BulkOptions options, FhirEndpoint endpoint, ResourceStore intake) {
    BulkExport export =
        new BulkExport(
            new StoreIntake(intake), intake, options.workFolder(), BulkLimits.defaults());
    BulkRequest request = usable(() -> options.request(export, unit, endpoint));
    PrintWriter out = spec.commandLine().getOut();
    if (options.isCancel()) {
      out.println(export.cancel(unit, endpoint, request) ? "cancelled" : "no export was begun");
      out.flush();
      return ExitCode.DONE;
    }
    return tell(export.pull(unit, endpoint, request, step -> tell(out, step)));
  }

  private static void tell(PrintWriter out, String step) {
    out.println(step);
    out.flush();
  }

  private <T> T usable(Supplier<T> option) {
    try {
      return option.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int tell(PullOutcome outcome) {
    PrintWriter out = spec.commandLine().getOut();
    for (PullOutcome.Query query : outcome.queries()) {
      out.printf(
          "%-22s %4d pages %8d resources: %d changed, %d unchanged, %d refused%s%n",
          query.type(),
          query.pages(),
          query.resources(),
          query.changed(),
          query.unchanged(),
          query.refused().size(),
          query.failure() == null ? "" : " — FAILED");
      query.notes().forEach(note -> out.println("  note: " + note));
    }
    out.println(outcome.complete() ? "complete" : "INCOMPLETE");
    out.flush();
    PrintWriter problems = spec.commandLine().getErr();
    outcome.gaps().forEach(problems::println);
    problems.flush();
    return outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
