package se.nhv.fhir.run.jobs;

import java.time.Duration;
import se.nhv.fhir.intake.pull.PullOutcome;

/** Told of what jobs do, for metrics. Called from many threads; it must not throw. */
public interface JobListener {

  /**
   * A job has ended.
   *
   * @param outcome {@code completed}, {@code incomplete}, {@code failed} or {@code cancelled}
   */
  void ended(JobRequest request, String outcome, Duration duration);

  /**
   * A pull has come to its end, complete or not.
   *
   * @param endpoint the id of the endpoint, as in the settings
   */
  void pulled(String endpoint, PullOutcome outcome);
}
