package se.nhv.fhir.evaluation;

import java.util.List;

/** What came of one patient: every patient has exactly one outcome. */
public sealed interface PatientOutcome {

  /**
   * The patient was evaluated.
   *
   * @param measures for each Measure of the request, in its order, the contribution to each group
   *     in the order of the Measure
   */
  record Evaluated(List<List<GroupContribution>> measures) implements PatientOutcome {

    /** Copies the list. */
    public Evaluated {
      measures = List.copyOf(measures);
    }
  }

  /**
   * The patient could not be evaluated.
   *
   * @param patientId the logical id of the Patient, for the unit's own side only
   * @param reason what stood in the way, naming resources by reference and never their content
   */
  record NotEvaluable(String patientId, String reason) implements PatientOutcome {}
}
