package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
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
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappingFiles;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.FhirPull;
import se.nhv.fhir.intake.pull.PullLimits;
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
      names = "--mapping",
      paramLabel = "DIR",
      description =
          "the unit's ConceptMaps and StructureMaps (*.json): kept in the store in place of those"
              + " that it has, and brought to what is stored, before anything is pulled")
  private @Nullable Path mapping;

  @Override
  public Integer call() {
    FhirEndpoint endpoint = endpoint();
    List<MappingResource> mappingFiles = mapping == null ? null : MappingFiles.read(mapping);
    PullOutcome outcome;
    try (StoreDatabase database = StoreDatabase.open(store.settings());
        Progress progress = new Progress("pages", 0)) {
      outcome =
          new FhirPull(intake(database.intake(), mappingFiles))
              .pull(unit, endpoint, (type, pages, resources) -> progress.accept(1));
    }
    tell(outcome);
    return outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private Intake intake(ResourceStore intakeStore, @Nullable List<MappingResource> files) {
    StoredMappings mappings =
        new StoredMappings(intakeStore, () -> ContractCodes.of(Content.packed()));
    Intake intake = new StoreIntake(intakeStore, mappings);
    if (files != null) {
      mappings.replace(unit, files);
    }
    new Remapping(intakeStore, mappings, intake).run(unit);
    return intake;
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
  }
}
