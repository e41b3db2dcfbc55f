package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingSchedule;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.run.NothingOwedException;
import se.nhv.fhir.run.OwedMeasures;

/** {@code measures}: what there is to report, and what a year owes, with periods. */
@Command(
    name = "measures",
    description =
        "Lists the Measures: of a reporting year those that are owed, with their periods; without"
            + " a year all, with their schedules.",
    mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the spec
final class MeasuresCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--area",
      paramLabel = "AREA",
      description = "only of this licensed area, for example net")
  private @Nullable Area area;

  @Option(
      names = "--reporting-year",
      paramLabel = "YEAR",
      description = "the year in whose March the units report")
  private @Nullable ReportingYear year;

  @Override
  public Integer call() {
    Content content = Content.packed();
    List<Area> areas =
        content.measures().stream()
            .map(MeasureDefinition::area)
            .distinct()
            .filter(a -> area == null || a.equals(area))
            .toList();
    if (areas.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there are no Measures of area " + area);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (year == null) {
      TextTable table = new TextTable(List.of("", "Measure", "Mått", "Rapporteras", "Mätperiod"));
      content.measures().stream()
          .filter(m -> areas.contains(m.area()))
          .forEach(m -> table.add(scheduled(m)));
      table.print(out);
    } else {
      owed(new OwedMeasures(content), areas, year, out);
    }
    out.flush();
    return ExitCode.DONE;
  }

  private void owed(OwedMeasures measures, List<Area> areas, ReportingYear of, PrintWriter out) {
    TextTable table = new TextTable(List.of("", "Measure", "Mått", "Mätperiod", ""));
    List<String> nothing = new ArrayList<>();
    boolean any = false;
    for (Area each : areas) {
      try {
        for (MeasureRequest owed : measures.request(each, of, LocalDate.MAX).measures()) {
          any = true;
          boolean isProposal = owed.measure().schedule().isProposal();
          List<String> row = new ArrayList<>(named(owed.measure()));
          row.add(owed.period().toString());
          row.add(isProposal ? "förslag: beräknas på begäran" : "");
          table.add(row);
        }
      } catch (NothingOwedException e) {
        nothing.add(String.valueOf(e.getMessage()));
      }
    }
    if (!any) {
      throw new ParameterException(spec.commandLine(), String.join("\n", nothing));
    }
    table.print(out);
    nothing.forEach(out::println);
  }

  private static List<String> named(MeasureDefinition measure) {
    return List.of(
        measure.resource().getIdentifierFirstRep().getValue(),
        measure.reference().id(),
        measure.resource().getTitle());
  }

  private static List<String> scheduled(MeasureDefinition measure) {
    ReportingSchedule schedule = measure.schedule();
    List<String> row = new ArrayList<>(named(measure));
    if (!measure.isComputable()) {
      row.add("inte: " + MeasureElements.whyNotComputable(measure.resource()));
    } else if (schedule.first() == null) {
      row.add("förslag: på begäran");
    } else {
      row.add(schedule.first().year() + "–" + (schedule.last() == null ? "" : schedule.last()));
    }
    row.add(
        (schedule.lag() == 1 ? "året före" : schedule.lag() + " år före")
            + (schedule.first() == null ? "" : ", först " + schedule.first().period()));
    return row;
  }
}
