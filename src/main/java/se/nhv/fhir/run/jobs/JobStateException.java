package se.nhv.fhir.run.jobs;

/** A job cannot be cancelled or resumed in the state in which it is; the message says why. */
public final class JobStateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JobStateException(String message) {
    super(message);
  }
}
