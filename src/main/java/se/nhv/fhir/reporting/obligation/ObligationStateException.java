package se.nhv.fhir.reporting.obligation;

/** What is owed cannot be accepted or returned as it is; the message says why. */
public final class ObligationStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ObligationStateException(String message) {
    super(message);
  }
}
