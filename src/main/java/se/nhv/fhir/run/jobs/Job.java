package se.nhv.fhir.run.jobs;

/** What is done for the requests of one kind. Safe for use by many threads at once. */
@FunctionalInterface
public interface Job {

  /**
   * Does what is asked. A server may be killed at any moment and the same request be run again from
   * its start: twice must have the effect of once.
   *
   * @param control is told of each step, and throws when the job is to stop
   * @throws IllegalArgumentException if what is asked cannot be done; its message is shown to the
   *     unit
   */
  JobOutcome run(JobRequest request, JobControl control);
}
