package se.nhv.fhir.reporting.national;

/**
 * A revision was submitted that is neither the next one nor the same as one that is kept; nothing
 * was kept. The message says which revision is the latest and what to do.
 */
public final class RevisionConflictException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RevisionConflictException(String message) {
    super(message);
  }
}
