package se.nhv.fhir.reporting.submission;

/** A report was not taken; the message says why, and the way out. */
public final class SubmissionRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says why. */
  public SubmissionRefusedException(String message) {
    super(message);
  }
}
