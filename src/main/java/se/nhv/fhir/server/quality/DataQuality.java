package se.nhv.fhir.server.quality;

import java.time.LocalDate;
import se.nhv.fhir.intake.quality.DetectedIssues;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.FactCsv;
import se.nhv.fhir.run.QualityReport;

/**
 * Judges what a unit has handed in. Safe for use by many threads at once.
 *
 * <p>What the caller asked wrongly, for example a year that owes nothing, is an
 * IllegalArgumentException whose message says why; it is shown to the caller.
 */
@FunctionalInterface
public interface DataQuality {

  /**
   * The data errors by Measure, and the forms in which they are shown.
   *
   * @param report the errors
   * @param issues makes a resource of each
   * @param table makes a table of all
   */
  record Answer(QualityReport report, DetectedIssues issues, FactCsv table) {}

  /** Judges the unit's data by the Measures that the area owes in that year. */
  Answer report(Unit unit, Area area, ReportingYear year, LocalDate asOf);
}
