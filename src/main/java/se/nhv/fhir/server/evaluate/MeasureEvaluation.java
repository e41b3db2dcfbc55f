package se.nhv.fhir.server.evaluate;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.ConformanceResources;

/**
 * Evaluates one Measure over what a unit has handed in. Safe for use by many threads at once.
 *
 * <p>What the caller asked wrongly, for example a Measure that cannot be evaluated, is an
 * IllegalArgumentException whose message says why; it is shown to the caller.
 */
@FunctionalInterface
public interface MeasureEvaluation {

  /**
   * Makes a summary report and stores nothing.
   *
   * @param unit whose data are evaluated
   * @param measure one of the Measures that {@link ConformanceResources} serves
   * @param period the measurement period, whole days
   * @param asOf the day for which the evaluation speaks
   */
  MeasureReport evaluate(
      Unit unit, MeasureReference measure, MeasurementPeriod period, LocalDate asOf);
}
