package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** The synthetic units give care of which every indicator, in each of its groups, has figures. */
class DemoFiguresTest {

  private static final List<String> LAST =
      List.of("initial-population", "numerator", "measure-observation");

  @Test
  void everyGroupOfEveryIndicatorCountsSomethingAtSomeUnit() {
    SortedSet<String> counted = new TreeSet<>();
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      SyntheticReports reports = SyntheticReports.of(unit);
      for (int year : List.of(2024, 2025, 2026)) {
        for (MeasureReport report : reports.in(new ReportingYear(year))) {
          report.getGroup().stream()
              .filter(DemoFiguresTest::countsSomething)
              .forEach(group -> counted.add(name(report.getMeasure(), group)));
        }
      }
    }
    assertThat(counted).containsExactlyElementsOf(allGroups());
  }

  private static SortedSet<String> allGroups() {
    SortedSet<String> groups = new TreeSet<>();
    for (MeasureDefinition measure : SyntheticReports.CONTENT.measures()) {
      measure
          .resource()
          .getGroup()
          .forEach(
              group ->
                  groups.add(measure.reference().canonical() + " " + MeasureElements.code(group)));
    }
    return groups;
  }

  /** A value, somebody in the numerator, or else a count. */
  private static boolean countsSomething(MeasureReportGroupComponent group) {
    return group.getPopulation().stream()
        .max(Comparator.comparingInt(p -> LAST.indexOf(p.getCode().getCodingFirstRep().getCode())))
        .filter(p -> p.getCount() > 0)
        .isPresent();
  }

  private static String name(String measure, MeasureReportGroupComponent group) {
    return measure + " " + group.getCode().getCodingFirstRep().getCode();
  }
}
