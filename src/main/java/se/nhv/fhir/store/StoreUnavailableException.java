package se.nhv.fhir.store;

/** The database cannot be opened; the message names it and says what to do. */
public final class StoreUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StoreUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
