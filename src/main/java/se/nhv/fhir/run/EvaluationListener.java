package se.nhv.fhir.run;

import java.time.Duration;
import se.nhv.fhir.measure.Unit;

/** Told of each evaluation of a unit's patients, for metrics. It must not throw. */
@FunctionalInterface
public interface EvaluationListener {

  /** All patients have been evaluated, or counted as not evaluable. */
  void evaluated(Unit unit, RunOutcome outcome, Duration duration);
}
