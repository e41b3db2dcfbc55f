package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** The synthetic units give care of which every indicator, in each of its groups, has figures. */
class DemoFiguresTest {

  private static final long SEED = 20230401;
  private static final List<String> LAST =
      List.of("initial-population", "numerator", "measure-observation");
  private static final Content CONTENT = Content.packed();

  @Test
  void everyGroupOfEveryIndicatorCountsSomethingAtSomeUnit() {
    SortedSet<String> counted = new TreeSet<>();
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      List<PatientRecord> patients =
          new SyntheticCare(unit, SEED, CareYears.NET_2022_TO_2025)
              .patients()
              .map(SyntheticPatient::record)
              .toList();
      for (int year : List.of(2024, 2025, 2026)) {
        for (MeasureReport report : reports(unit, patients, year)) {
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
    for (MeasureDefinition measure : CONTENT.measures()) {
      measure
          .resource()
          .getGroup()
          .forEach(
              group ->
                  groups.add(measure.reference().canonical() + " " + MeasureElements.code(group)));
    }
    return groups;
  }

  private static List<MeasureReport> reports(
      SyntheticUnit unit, List<PatientRecord> patients, int year) {
    List<Area> areas = unit.areas().keySet().stream().map(CareArea::area).toList();
    LocalDate asOf = LocalDate.of(year, 3, 15);
    EvaluationRequest request =
        new OwedMeasures(CONTENT).request(areas, new ReportingYear(year), asOf);
    ReportSubject subject = new ReportSubject(unit.unit(), asOf, ReportSubject.NO_MAPPING);
    return new EvaluationRun(new ReferenceEngine(CONTENT), 2)
        .evaluate(new ListedPatients(patients), request, subject, done -> {})
        .reports();
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
