package se.nhv.fhir.intake.pull;

/** A query cannot go on; the message says why, without secrets or any patient's data. */
public class QueryFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  /** With the reason and, after a semicolon, the way out. */
  public QueryFailedException(String reason) {
    super(reason);
  }

  /** The reason. */
  public final String reason() {
    return String.valueOf(getMessage());
  }
}
