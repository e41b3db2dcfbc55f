package se.nhv.fhir.evaluation;

/**
 * Something that can run CQL: the seam between counting and the way the logic is carried out. Safe
 * for use by many threads.
 */
public interface Engine {

  /** A new evaluator for that request, to be used by one thread. */
  PatientEvaluator evaluator(EvaluationRequest request);
}
