package se.nhv.fhir.server;

import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.Reports;

/** Reports of two units, saved once in the server of the tests. */
final class SavedReports {

  static final int OF_A = 7;
  static final int OF_B = 2;
  private static boolean saved;

  private SavedReports() {}

  static synchronized void in(Doors doors) {
    if (saved) {
      return;
    }
    saved = true;
    saveIn(doors);
  }

  /** The same in a server of its own. */
  static void saveIn(Doors doors) {
    Reports reports = doors.bean(Reports.class);
    for (int i = 0; i < OF_A; i++) {
      reports.save(report("PROVB" + i, Doors.UNIT_A, 2024, 10));
    }
    for (int i = 0; i < OF_B; i++) {
      reports.save(report("PROVB" + i, Doors.UNIT_B, 2023, 20));
    }
    reports.save(report("PROVB0", Doors.UNIT_A, 2024, 11));
  }

  static String id(String measure, String unit, int year) {
    return "%s-1.0.0-%s-%d0101-%d1231".formatted(measure, unit, year, year);
  }

  private static MeasureReport report(String measure, String unit, int year, int count) {
    MeasureReport report = new MeasureReport();
    report.setType(MeasureReportType.SUMMARY).setStatus(MeasureReportStatus.COMPLETE);
    report.setMeasure(Canonicals.measure(measure) + "|1.0.0");
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue("%s-1.0.0-%s-%d-01-01-%d-12-31".formatted(measure, unit, year, year));
    report.getDateElement().setValueAsString((year + 1) + "-03-15");
    report.getPeriod().getStartElement().setValueAsString(year + "-01-01");
    report.getPeriod().getEndElement().setValueAsString(year + "-12-31");
    report.getReporter().setReference("Organization/" + unit);
    report.addGroup().addPopulation().setCount(count);
    return report;
  }
}
