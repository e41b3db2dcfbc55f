package se.nhv.fhir.evaluation;

import java.time.LocalDate;
import java.util.List;

/**
 * What is evaluated in one pass over the patients.
 *
 * @param measures the Measures, each with its period; the results come in this order
 * @param asOf the day for which the evaluation speaks: a fact dated later does not exist
 */
public record EvaluationRequest(List<MeasureRequest> measures, LocalDate asOf) {

  /** Copies the list. */
  public EvaluationRequest {
    measures = List.copyOf(measures);
  }
}
