package se.nhv.fhir.intake.pull;

/** A query cannot go on; the message says why, without secrets or any patient's data. */
final class QueryFailedException extends Exception {

  private static final long serialVersionUID = 1L;

  QueryFailedException(String reason) {
    super(reason);
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
