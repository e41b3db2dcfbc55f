package se.nhv.fhir.reporting;

/** What was to be kept is not a summary report; nothing was kept. The message names the element. */
public final class ReportRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what was refused and why, and the way out. */
  public ReportRefusedException(String message) {
    super(message);
  }
}
