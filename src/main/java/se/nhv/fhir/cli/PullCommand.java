package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.bulk.BulkExport;
import se.nhv.fhir.intake.bulk.BulkLimits;
import se.nhv.fhir.intake.bulk.BulkRequest;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappingFiles;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.pull.CodeTranslation;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.measure.Area;
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

  @Option(
      names = "--mapping",
      paramLabel = "DIR",
      description =
          "the unit's ConceptMaps and StructureMaps (*.json): kept in the store in place of those"
              + " that it has, and brought to what is stored, before anything is pulled")
  private @Nullable Path mapping;

  @Override
  public Integer call() {
    FhirEndpoint endpoint = usable(from::endpoint);
    List<MappingResource> files = mapping == null ? null : MappingFiles.read(mapping);
    try (StoreDatabase database = StoreDatabase.open(store.settings())) {
      ResourceStore intakeStore = database.intake();
      Content content = Content.packed();
      StoredMappings mappings = new StoredMappings(intakeStore, () -> ContractCodes.of(content));
      Intake intake = new StoreIntake(intakeStore, mappings);
      if (files != null) {
        mappings.replace(unit, files);
      }
      new Remapping(intakeStore, mappings, intake).run(unit);
      RequirementsPull pull = new RequirementsPull(intake, intakeStore, content);
      return bulk == null
          ? search(endpoint, pull, mappings)
          : export(
              bulk,
              endpoint,
              new BulkExport(intake, intakeStore, bulk.workFolder(), BulkLimits.defaults()),
              pull);
    }
  }

  private int search(FhirEndpoint endpoint, RequirementsPull pull, StoredMappings mappings) {
    PullRequest request =
        usable(() -> new PullRequest(areas, full, overlap, CodeTranslation.of(mappings, unit)));
    usable(() -> pull.explain(request)).forEach(spec.commandLine().getOut()::println);
    PullOutcome outcome;
    try (Progress progress = new Progress("pages", 0)) {
      outcome = pull.pull(unit, endpoint, request, (type, pages, resources) -> progress.accept(1));
    }
    return tell(outcome);
  }

  private int export(
      BulkOptions options, FhirEndpoint endpoint, BulkExport export, RequirementsPull pull) {
    BulkRequest request = usable(() -> options.request(export, unit, endpoint));
    PrintWriter out = spec.commandLine().getOut();
    if (options.isCancel()) {
      out.println(export.cancel(unit, endpoint, request) ? "cancelled" : "no export was begun");
      out.flush();
      return ExitCode.DONE;
    }
    PullOutcome outcome = export.pull(unit, endpoint, request, step -> tell(out, step));
    return tell(outcome.touching(type -> pull.measuresThatNeed(type, areas)));
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
    return outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
