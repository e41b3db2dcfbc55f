package se.nhv.fhir.reporting.national;

import java.util.List;
import se.nhv.fhir.measure.Area;

/** Which units hold permits. Safe for use by many threads at once. */
@FunctionalInterface
public interface ExpectedUnits {

  /** Every permit for that area, past and present; a unit may hold several, one after another. */
  List<ExpectedUnit> of(Area area);
}
