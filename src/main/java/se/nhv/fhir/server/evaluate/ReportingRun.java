package se.nhv.fhir.server.evaluate;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;

/**
 * Evaluates every Measure of an area that a reporting year owes, and keeps the reports, so that the
 * report door has them. Safe for use by many threads at once.
 *
 * <p>What the caller asked wrongly, for example a year that owes nothing, is an
 * IllegalArgumentException whose message says why; it is shown to the caller.
 */
@FunctionalInterface
public interface ReportingRun {

  /**
   * Makes and saves the reports.
   *
   * @param unit whose data are evaluated and who reports
   * @param area the licensed area
   * @param year the reporting year
   * @param asOf the day for which the evaluation speaks
   * @return the reports as saved, with their ids, in the order of their Measures
   */
  List<MeasureReport> report(Unit unit, Area area, ReportingYear year, LocalDate asOf);
}
