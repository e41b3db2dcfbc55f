package se.nhv.fhir.measure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a Measure is owed and for which measurement period, as its seed document says under
 * "Inrapportering".
 *
 * @param lag whole years from the measurement period to the reporting year, at least 1
 * @param first the first reporting year
 * @param last the last reporting year, or null while the Measure is in force
 * @param firstPeriod the measurement period of the first reporting year, which may be a part of a
 *     year
 */
public record ReportingSchedule(
    int lag, ReportingYear first, @Nullable ReportingYear last, MeasurementPeriod firstPeriod) {

  /** Refuses a lag below 1 with an IllegalArgumentException. */
  public ReportingSchedule {
    if (lag < 1) {
      throw new IllegalArgumentException("a lag of " + lag + " years: it must be at least 1");
    }
  }

  /**
   * The measurement period that is reported in that year; empty when the Measure is not owed then.
   */
  public Optional<MeasurementPeriod> period(ReportingYear year) {
    if (year.compareTo(first) < 0 || (last != null && year.compareTo(last) > 0)) {
      return Optional.empty();
    }
    return Optional.of(
        year.equals(first) ? firstPeriod : MeasurementPeriod.calendarYear(year.value() - lag));
  }
}
