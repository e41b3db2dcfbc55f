package se.nhv.fhir.reporting;

import java.time.LocalDate;
import java.util.Collection;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;

/** Which reports of a unit will not change any more. Safe for use by many threads at once. */
@FunctionalInterface
public interface FinalReports {

  /**
   * A report that is owed.
   *
   * @param measure the Measure
   * @param period the measurement period of which it speaks
   */
  record Owed(MeasureReference measure, MeasurementPeriod period) {}

  /**
   * Whether all that the unit owes in that year is final.
   *
   * @param owed every report that the unit owes in that year, at least one
   * @param today the day on which it is asked
   */
  boolean areFinal(Unit unit, ReportingYear year, Collection<Owed> owed, LocalDate today);
}
