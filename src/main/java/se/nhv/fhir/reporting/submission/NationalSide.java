package se.nhv.fhir.reporting.submission;

/** Where units hand their reports in. Safe for use by many threads at once. */
@FunctionalInterface
public interface NationalSide {

  /**
   * Hands a report in, durably; the same again has no further effect and the same answer.
   *
   * @throws SubmissionRefusedException if it is not taken, and will not be
   * @throws SubmissionPostponedException if no answer came; it may have been taken
   */
  Receipt submit(OutgoingReport report);
}
