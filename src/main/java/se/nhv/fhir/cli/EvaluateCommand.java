package se.nhv.fhir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.PatientFolder;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.NothingOwedException;
import se.nhv.fhir.run.OwedMeasures;
import se.nhv.fhir.run.RunOutcome;

/** {@code evaluate}: a folder of a unit's data in, a MeasureReport for each owed Measure out. */
@Command(
    name = "evaluate",
    description =
        "Evaluates a folder of one unit's data (NDJSON in Bulk Data layout, or Bundles) and writes a"
            + " MeasureReport for each Measure that the unit owes.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class EvaluateCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "the folder of data: *.ndjson, *.ndjson.gz or *.json")
  private Path data;

  @Option(
      names = "--area",
      required = true,
      paramLabel = "AREA",
      description = "the licensed area, for example net")
  private Area area;

  @Option(
      names = "--reporting-year",
      required = true,
      paramLabel = "YEAR",
      description = "the year in whose March the unit reports")
  private ReportingYear year;

  @Option(
      names = "--unit",
      required = true,
      paramLabel = "HSA-ID",
      description = "the unit whose data the folder holds")
  private Unit unit;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "the day for which the evaluation speaks (default: today)")
  private @Nullable LocalDate asOf;

  @Option(names = "--measure", paramLabel = "NAME", description = "only this Measure")
  private @Nullable String measure;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "the folder for the reports, made if it is not there")
  private Path out;

  @Option(
      names = "--mapping",
      paramLabel = "DIR",
      description =
          "the unit's ConceptMaps and StructureMaps (*.json), by which the data are mapped")
  private @Nullable Path mapping;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "patients evaluated at once (default: the number of processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: there is no folder " + data);
    }
    if (threads < 1) {
      throw new ParameterException(spec.commandLine(), "--threads: at least 1");
    }
    Content content = Content.packed();
    EvaluationRequest request = request(content);
    ResourceMapping.InForce inForce = MappingFolder.read(mapping, content);
    PatientFolder source = new PatientFolder(data, inForce);
    RunOutcome outcome;
    try (Progress progress = new Progress("patients", source.countPatients())) {
      outcome =
          new EvaluationRun(new ReferenceEngine(content), threads)
              .evaluate(
                  source,
                  request,
                  new ReportSubject(unit, request.asOf(), MappingFolder.versionOf(inForce)),
                  progress);
    }
    ReportFiles files = new ReportFiles(out);
    for (MeasureReport report : outcome.reports()) {
      files.write(report);
    }
    tell(content, outcome);
    return outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }

  private EvaluationRequest request(Content content) {
    LocalDate day = asOf != null ? asOf : LocalDate.now(ZoneId.of("Europe/Stockholm"));
    OwedMeasures owed = new OwedMeasures(content);
    try {
      return measure == null
          ? owed.request(area, year, day)
          : owed.request(area, year, day, measure);
    } catch (NothingOwedException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void tell(Content content, RunOutcome outcome) {
    PrintWriter text = spec.commandLine().getOut();
    new ReportTable(content).print(List.of(unit.hsaId()), List.of(outcome.reports()), text);
    text.printf(
        "%d patients, %d reports in %s%n", outcome.patients(), outcome.reports().size(), out);
    text.flush();
    PrintWriter problems = spec.commandLine().getErr();
    outcome.gaps().forEach(gap -> problems.println("not read: " + gap));
    outcome
        .notEvaluable()
        .forEach(
            p -> problems.println("not evaluable: Patient/" + p.patientId() + ": " + p.reason()));
    problems.flush();
  }
}
