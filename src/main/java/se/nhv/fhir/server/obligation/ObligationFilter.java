package se.nhv.fhir.server.obligation;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.Obligation;
import se.nhv.fhir.reporting.obligation.Obligations;

/**
 * Of whom, for what and which year obligations are asked for; null for every one.
 *
 * @param unit the unit
 * @param area the area
 * @param year the reporting year
 */
record ObligationFilter(@Nullable Unit unit, @Nullable Area area, @Nullable ReportingYear year) {

  /** Reads the parameters of an operation, or refuses them with 400. */
  static ObligationFilter of(
      @Nullable StringType unit, @Nullable StringType area, @Nullable IntegerType year) {
    try {
      return new ObligationFilter(
          unit == null || unit.isEmpty()
              ? null
              : new Unit(unit.getValue().replaceFirst("^Organization/", "")),
          area == null || area.isEmpty() ? null : new Area(area.getValue()),
          year == null || year.isEmpty() ? null : new ReportingYear(year.getValue()));
    } catch (IllegalArgumentException e) {
      throw new InvalidRequestException(
          "The operation takes unit as an HSA-id, area as a code such as net, and reportingYear as"
              + " a year.");
    }
  }

  /** Those that are asked for and of the caller's unit, by id. */
  List<Obligation> find(Obligations obligations, Optional<Unit> caller) {
    if (caller.isPresent() && unit != null && !caller.get().equals(unit)) {
      return List.of();
    }
    return obligations.find(caller.orElse(unit), area, year);
  }
}
