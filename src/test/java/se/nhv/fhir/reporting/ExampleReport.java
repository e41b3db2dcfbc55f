package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;

/** A report and where it is kept, for tests of other rooms. */
public final class ExampleReport {

  private ExampleReport() {}

  /** The report of a unit, always the same. */
  public static MeasureReport of(Unit unit) {
    return ExampleReports.of("PROVB1", unit.hsaId(), 2024);
  }

  /** A report of that Measure and period, all that it takes to be kept. */
  public static MeasureReport of(String name, String version, Unit unit, String start, String end) {
    MeasureReport report = ExampleReports.of(name, unit.hsaId(), start, end, end);
    report.setMeasure(report.getMeasure().replaceFirst("\\|.*", "|" + version));
    return report;
  }

  /** The reports of that database. */
  public static Reports reports(StoreDatabase database) {
    return new Reports(database.reports(), FhirContext.forR4Cached());
  }
}
