package se.nhv.fhir.evaluation;

import se.nhv.fhir.measure.PatientRecord;

/** Evaluates every Measure of a request over one patient at a time. Not safe for many threads. */
public interface PatientEvaluator {

  /** What the patient contributes to each group, or why that could not be told. */
  PatientOutcome evaluate(PatientRecord patient);
}
