package se.nhv.fhir.server.audit;

import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.run.jobs.JobListener;
import se.nhv.fhir.run.jobs.JobRequest;

/** Records every job over a unit's patients when it ends: all of them, without listing them. */
record JobAudit(AuditLog log, Clock clock, JobListener others) implements JobListener {

  private static final Logger LOG = LoggerFactory.getLogger(JobAudit.class);

  @Override
  public void ended(JobRequest request, String outcome, Duration duration) {
    others.ended(request, outcome, duration);
    AccessEvent event =
        new AccessEvent("operation", clock.instant())
            .bySchedule()
            .of(request.unit())
            .query("job " + request.kind().code() + ", " + outcome);
    try {
      log.keep(Partitions.audit(request.unit()), event.event());
    } catch (RuntimeException e) { // the job has ended; its Task says so too
      LOG.error("A job was not recorded: {}", e.getClass().getSimpleName());
    }
  }

  @Override
  public void pulled(String endpoint, PullOutcome outcome) {
    others.pulled(endpoint, outcome);
  }
}
