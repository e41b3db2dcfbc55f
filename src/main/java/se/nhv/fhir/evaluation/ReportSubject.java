package se.nhv.fhir.evaluation;

import java.time.LocalDate;
import se.nhv.fhir.measure.Unit;

/**
 * Whom and what a report speaks of, beside the Measure.
 *
 * @param unit the reporting unit
 * @param asOf the day for which the evaluation speaks
 * @param mappingVersion the version of the unit's mapping of local codes; {@link #NO_MAPPING} when
 *     its data came in the contract's own codes
 */
public record ReportSubject(Unit unit, LocalDate asOf, String mappingVersion) {

  /** The mapping version of data that needed no mapping. */
  public static final String NO_MAPPING = "ingen";
}
