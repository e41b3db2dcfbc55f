package se.nhv.fhir.reporting.national;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/**
 * A unit that holds a permit for an area, and when.
 *
 * @param unit the unit
 * @param from the first day of the permit
 * @param to its last day, or null while it is in force
 */
public record ExpectedUnit(Unit unit, LocalDate from, @Nullable LocalDate to) {

  /** The days of the period on which the permit was in force; empty if there are none. */
  public Optional<MeasurementPeriod> within(MeasurementPeriod period) {
    LocalDate start = from.isAfter(period.start()) ? from : period.start();
    LocalDate end = to == null || to.isAfter(period.end()) ? period.end() : to;
    return end.isBefore(start) ? Optional.empty() : Optional.of(new MeasurementPeriod(start, end));
  }
}
