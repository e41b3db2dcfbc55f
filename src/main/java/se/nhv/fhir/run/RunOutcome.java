package se.nhv.fhir.run;

import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.evaluation.PatientOutcome;

/**
 * What came of a run.
 *
 * @param reports one for each Measure asked for, in the order of the request
 * @param patients how many patients there were, the not evaluable among them
 * @param notEvaluable who could not be evaluated and why, by id; for the unit's own side only
 * @param gaps what the source could not give
 */
public record RunOutcome(
    List<MeasureReport> reports,
    long patients,
    List<PatientOutcome.NotEvaluable> notEvaluable,
    List<String> gaps) {

  /** Whether every patient and resource was read and evaluated. */
  public boolean complete() {
    return notEvaluable.isEmpty() && gaps.isEmpty();
  }
}
