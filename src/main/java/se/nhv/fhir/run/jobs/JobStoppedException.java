package se.nhv.fhir.run.jobs;

/** A job is to stop where it is. */
public final class JobStoppedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why it is to stop. */
  enum Cause {
    /** Its unit has cancelled it. */
    CANCELLED,
    /** The server is closing; the job is taken up again when one is there. */
    CLOSING,
    /** Another server has taken it up. */
    TAKEN
  }

  private final Cause why;

  JobStoppedException(Cause why) {
    super("the job is to stop: " + why);
    this.why = why;
  }

  Cause why() {
    return why;
  }
}
