package se.nhv.fhir.measure;

import java.time.LocalDate;

/**
 * The period that a report speaks of (mätperiod): whole days in Europe/Stockholm.
 *
 * @param start the first day, included
 * @param end the last day, included; not before the first
 */
public record MeasurementPeriod(LocalDate start, LocalDate end) {

  /** Refuses a period that ends before it starts with an IllegalArgumentException. */
  public MeasurementPeriod {
    if (end.isBefore(start)) {
      throw new IllegalArgumentException(
          "the measurement period " + start + ".." + end + " ends before it starts");
    }
  }

  /** The calendar year, from 1 January to 31 December. */
  public static MeasurementPeriod calendarYear(int year) {
    return new MeasurementPeriod(LocalDate.of(year, 1, 1), LocalDate.of(year, 12, 31));
  }

  @Override
  public String toString() {
    return start + ".." + end;
  }
}
