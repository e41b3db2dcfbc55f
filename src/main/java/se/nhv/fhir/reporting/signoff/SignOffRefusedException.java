package se.nhv.fhir.reporting.signoff;

/** A report was not signed; the message says why, and the way out. */
public final class SignOffRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why a report is not signed. */
  public enum Reason {
    /** There is no such report. */
    NO_REPORT,
    /** It is in error or pending, and holds no result. */
    NOT_COMPLETE,
    /** There is a newer version than the one that was signed. */
    NOT_LATEST,
    /** Nobody has reviewed it. */
    NOT_REVIEWED,
    /** Another person has reviewed it already. */
    ALREADY_REVIEWED,
    /** Who approves has reviewed it. */
    SAME_PERSON,
    /** Another person has approved it already. */
    ALREADY_APPROVED,
    /** What was reviewed is not what is kept. */
    OTHER_CONTENT
  }

  private final Reason reason;

  SignOffRefusedException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** Why. */
  public Reason reason() {
    return reason;
  }
}
