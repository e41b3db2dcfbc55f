package se.nhv.fhir.run.jobs;

import java.time.Duration;

/** A job can do nothing now and is to be run again later; those behind it in its lane wait. */
public final class JobPostponedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Duration delay;

  /**
   * Says why, for the unit to read.
   *
   * @param delay how long to wait
   */
  public JobPostponedException(String message, Duration delay) {
    super(message);
    this.delay = delay;
  }

  Duration delay() {
    return delay;
  }
}
