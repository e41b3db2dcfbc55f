package se.nhv.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.store.StoreDatabase;

/** Reports of two units, both worked on and submitted, saved once in the server of the tests. */
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
    StoreDatabase database = doors.bean(StoreDatabase.class);
    saveIn(Reports.in(NationalReports.PARTITION, database.reports(), FhirContext.forR4Cached()));
    saveIn(doors.bean(Reports.class));
  }

  private static void saveIn(Reports reports) {
    for (int i = 0; i < OF_A; i++) {
      reports.save(report("PROVB" + i, Doors.UNIT_A, 2024, 10));
    }
    for (int i = 0; i < OF_B; i++) {
      reports.save(report("PROVB" + i, Doors.UNIT_B, 2023, 20));
    }
    reports.save(report("PROVB0", Doors.UNIT_A, 2024, 11));
  }

  /** The id of a step of a submitted report of unit A. */
  static String signedIn(Doors doors) {
    SignedStep step =
        new SignedStep(
            ReportingStep.REVIEWED,
            id("PROVB3", Doors.UNIT_A, 2024),
            1,
            "0".repeat(64),
            new Signatory("SE2321000016-1A11", "Anna Andersson"),
            new Unit(Doors.UNIT_A),
            Instant.parse("2025-03-15T10:00:00Z"),
            null);
    SignedSteps.in(NationalReports.PARTITION, doors.bean(StoreDatabase.class).reports()).add(step);
    return step.id();
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
