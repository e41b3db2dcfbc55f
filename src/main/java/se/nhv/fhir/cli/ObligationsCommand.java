package se.nhv.fhir.cli;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.obligation.KeptProgress;
import se.nhv.fhir.reporting.obligation.NationalSteps;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.reporting.obligation.Permit;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** {@code obligations}: who owes what, and how far it has come. */
@Command(
    name = "obligations",
    description =
        "Lists what units owe by their permits: unit, area, year, state, last day, whether it is"
            + " late; then how many units have handed in, by area and year.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class ObligationsCommand implements Callable<Integer> {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  /** The command asks nobody. */
  private static final NationalSteps ELSEWHERE = (unit, report, revision) -> Optional.empty();

  @Spec private CommandSpec spec;
  @Mixin private StoreOptions store;

  @Option(
      names = "--permits",
      required = true,
      paramLabel = "FILE",
      description = "the permits, a CSV file with the heading unit,area,from,to")
  private Path permits;

  @Option(
      names = "--reporting-year",
      paramLabel = "YEAR",
      description = "the year in whose March the units report (default: every year up to this)")
  private @Nullable ReportingYear year;

  @Option(
      names = "--area",
      paramLabel = "AREA",
      description = "only of this licensed area, for example net")
  private @Nullable Area area;

  @Option(names = "--unit", paramLabel = "HSA-ID", description = "only of this unit")
  private @Nullable Unit unit;

  @Override
  public Integer call() throws IOException {
    if (!Files.isRegularFile(permits)) {
      throw new ParameterException(spec.commandLine(), "--permits: there is no file " + permits);
    }
    List<Permit> held = PermitFile.read(permits);
    Content content = Content.packed();
    Clock clock = Clock.system(STOCKHOLM);
    try (StoreDatabase database = StoreDatabase.open(store.settings())) {
      Obligations obligations =
          new Obligations(
              held,
              new ReportingCalendar(() -> content),
              progress(database.reports(), content, clock),
              clock);
      PrintWriter out = spec.commandLine().getOut();
      ObligationTable.print(obligations.find(unit, area, year), obligations.today(), out);
      out.flush();
    }
    return ExitCode.DONE;
  }

  /** National reports ask for permits only when they receive. */
  private static KeptProgress progress(ResourceStore reports, Content content, Clock clock) {
    NationalReports national =
        new NationalReports(
            reports, FhirContext.forR4Cached(), content, anyArea -> List.of(), clock);
    return new KeptProgress(
        new SignOffs(reports), SignedSteps.working(reports), () -> national, ELSEWHERE);
  }
}
