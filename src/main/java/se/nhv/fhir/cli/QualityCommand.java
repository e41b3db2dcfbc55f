package se.nhv.fhir.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
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
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.PatientFolder;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.quality.DataCheck;
import se.nhv.fhir.intake.quality.KeptFact;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.FactCsv;
import se.nhv.fhir.run.NothingOwedException;
import se.nhv.fhir.run.OwedMeasures;
import se.nhv.fhir.run.QualityByMeasure;
import se.nhv.fhir.run.QualityReport;
import se.nhv.fhir.run.RunOutcome;
import se.nhv.fhir.store.StoreDatabase;

/** {@code quality}: what is wrong with a unit's data, by the Measures that it touches. */
@Command(
    name = "quality",
    description =
        "Tells what is wrong with a unit's data, by Measure: what each report could not count, then"
            + " the data errors that touch it and what to do about them. Exit code 3 when there are"
            + " errors, 0 when there are at most warnings.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class QualityCommand implements Callable<Integer> {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(names = "--unit", required = true, paramLabel = "HSA-ID", description = "the unit")
  private Unit unit;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "a folder of its data, instead of the store")
  private @Nullable Path data;

  @Option(
      names = "--area",
      paramLabel = "AREA",
      description = "one licensed area, for example net (default: all that owe something)")
  private @Nullable Area area;

  @Option(
      names = "--reporting-year",
      paramLabel = "YEAR",
      description = "the year in whose March the unit reports (default: this year)")
  private @Nullable ReportingYear year;

  @Option(
      names = "--as-of",
      paramLabel = "DATE",
      description = "the day for which the evaluation speaks (default: today)")
  private @Nullable LocalDate asOf;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "a line for each data error, for a spreadsheet; - for the terminal alone")
  private @Nullable String csv;

  @Option(names = "--english", description = "in English instead of Swedish")
  private boolean english;

  @Override
  public Integer call() throws IOException {
    if (data != null && !Files.isDirectory(data)) {
      throw new ParameterException(spec.commandLine(), "--data: there is no folder " + data);
    }
    Content content = Content.packed();
    EvaluationRequest request = request(content);
    if (data != null) {
      PatientFolder folder = new PatientFolder(data);
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      List<KeptFact> facts =
          new DataCheck(content)
              .check(folder, request.asOf()).stream().map(it -> new KeptFact(it, now)).toList();
      return tell(content, request, folder, facts);
    }
    try (StoreDatabase database = StoreDatabase.open(store.settings())) {
      List<KeptFact> facts =
          new Quality(content, database.intake(), Clock.systemUTC()).refresh(unit);
      return tell(content, request, new StoredPatients(database.intake(), unit), facts);
    }
  }

  private EvaluationRequest request(Content content) {
    LocalDate day = asOf != null ? asOf : LocalDate.now(STOCKHOLM);
    ReportingYear reported = year != null ? year : new ReportingYear(day.getYear());
    OwedMeasures owed = new OwedMeasures(content);
    List<Area> owing =
        content.measures().stream()
            .filter(it -> !it.schedule().isProposal())
            .map(it -> it.area())
            .distinct()
            .toList();
    try {
      return area != null ? owed.request(area, reported, day) : owed.request(owing, reported, day);
    } catch (NothingOwedException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int tell(
      Content content, EvaluationRequest request, PatientSource patients, List<KeptFact> facts)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    ReportSubject subject = new ReportSubject(unit, request.asOf(), ReportSubject.NO_MAPPING);
    RunOutcome outcome;
    try (Progress progress = new Progress("patients", patients.countPatients())) {
      outcome =
          new EvaluationRun(new ReferenceEngine(content), threads)
              .evaluate(patients, request, subject, progress);
    }
    QualityReport report = new QualityByMeasure(content).of(outcome.reports(), facts);
    PrintWriter out = spec.commandLine().getOut();
    FactCsv table = new FactCsv(content);
    if ("-".equals(csv)) {
      table.write(report.facts(), english, out);
    } else {
      new QualityText(content, english).print(report, out);
      if (csv != null) {
        try (Writer file = Files.newBufferedWriter(Path.of(csv))) {
          table.write(report.facts(), english, file);
        }
      }
    }
    out.flush();
    PrintWriter problems = spec.commandLine().getErr();
    outcome.gaps().forEach(gap -> problems.println("not read: " + gap));
    outcome
        .notEvaluable()
        .forEach(
            p -> problems.println("not evaluable: Patient/" + p.patientId() + ": " + p.reason()));
    problems.flush();
    return report.errors() == 0 && outcome.complete() ? ExitCode.DONE : ExitCode.INCOMPLETE;
  }
}
