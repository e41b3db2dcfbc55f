package se.nhv.fhir.reporting.obligation;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/**
 * A permit for nationell högspecialiserad vård.
 *
 * @param unit who holds it
 * @param area what for
 * @param from its first day
 * @param to its last day, or null while it is in force
 */
public record Permit(Unit unit, Area area, LocalDate from, @Nullable LocalDate to) {

  /** Refuses one that ends before it begins with an IllegalArgumentException. */
  public Permit {
    if (to != null && to.isBefore(from)) {
      throw new IllegalArgumentException("a permit from " + from + " cannot end on " + to);
    }
  }

  /** Whether it was in force on any day of the period. */
  public boolean overlaps(MeasurementPeriod period) {
    return !from.isAfter(period.end()) && (to == null || !to.isBefore(period.start()));
  }

  /** Whether both are the same unit's for the same area on some day. */
  public boolean overlaps(Permit other) {
    return unit.equals(other.unit)
        && area.equals(other.area)
        && (to == null || !other.from.isAfter(to))
        && (other.to == null || !from.isAfter(other.to));
  }
}
