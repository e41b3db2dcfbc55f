package se.nhv.fhir.run.jobs;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.SubmissionOrder;
import se.nhv.fhir.reporting.submission.SubmissionPostponedException;
import se.nhv.fhir.reporting.submission.SubmissionRefusedException;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.run.FailureTrace;

/**
 * The outbox: an approved report handed in to the national side, as often as it takes to get its
 * answer. A unit's submissions go one after another, in the order in which they were asked for.
 */
public final class SubmitJob implements Job {

  private static final Logger LOG = LoggerFactory.getLogger(SubmitJob.class);

  private static final Duration FIRST_DELAY = Duration.ofSeconds(1);
  private static final Duration LONGEST_DELAY = Duration.ofMinutes(5);
  private static final Duration LONGEST_ASKED = Duration.ofHours(1);
  private static final int MOST_DOUBLINGS = 9;

  private static final String REPORT = "report";
  private static final String VERSION = "version";
  private static final String ORDERED = "ordered";
  private static final String PERSON = "person";
  private static final String NAME = "name";
  private static final String REASON = "reason";

  private final Submissions submissions;
  private final Map<String, Integer> attempts = new ConcurrentHashMap<>();

  /** Hands in by those. */
  public SubmitJob(Submissions submissions) {
    this.submissions = submissions;
  }

  /** The request that hands it in. */
  public static JobRequest request(SubmissionOrder order) {
    JobRequest request =
        JobRequest.of(order.unit(), JobKind.SUBMIT)
            .with(REPORT, order.report())
            .with(VERSION, Long.toString(order.version()))
            .with(ORDERED, order.ordered().toString());
    if (order.who() != null) {
      request = request.with(PERSON, order.who().id()).with(NAME, order.who().name());
    }
    return order.reason() == null ? request : request.with(REASON, order.reason());
  }

  @Override
  public JobOutcome run(JobRequest request, JobControl control) {
    SubmissionOrder order = order(request);
    try {
      Receipt receipt = submissions.submit(order);
      attempts.remove(control.id());
      return new JobOutcome(
          true,
          List.of(
              JobOutcome.Result.reference(REPORT, "MeasureReport/" + receipt.report()),
              JobOutcome.Result.count("revision", receipt.revision())));
    } catch (SubmissionRefusedException e) {
      attempts.remove(control.id());
      throw new IllegalArgumentException(e.getMessage(), e);
    } catch (SubmissionPostponedException e) {
      throw postponed(control, e.getMessage(), e.retryAfter().orElse(null));
    } catch (RuntimeException e) { // it may have been taken, so that no other end would be true
      LOG.error("Submission {} failed and is tried again", control.id(), FailureTrace.of(e));
      throw postponed(control, "it failed with " + e.getClass().getSimpleName(), null);
    }
  }

  /** Whether that request is to hand in another version of the report than the order is. */
  public static boolean isOfAnotherVersion(JobRequest request, SubmissionOrder order) {
    return request.kind() == JobKind.SUBMIT
        && order.report().equals(request.input().get(REPORT))
        && !Long.toString(order.version()).equals(request.input().get(VERSION));
  }

  private JobPostponedException postponed(
      JobControl control, @Nullable String why, @Nullable Duration asked) {
    Duration delay = delay(attempts.merge(control.id(), 1, Integer::sum), asked);
    return new JobPostponedException(
        why + "; it is sent again in " + delay.toSeconds() + " s", delay);
  }

  /** Twice as long each time, and no shorter than the national side asks, within bounds. */
  static Duration delay(int attempt, @Nullable Duration asked) {
    Duration own = FIRST_DELAY.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration bounded = own.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY : own;
    if (asked == null || asked.compareTo(bounded) <= 0) {
      return bounded;
    }
    return asked.compareTo(LONGEST_ASKED) > 0 ? LONGEST_ASKED : asked;
  }

  private static SubmissionOrder order(JobRequest request) {
    String person = request.input().get(PERSON);
    return new SubmissionOrder(
        request.unit(),
        request.required(REPORT),
        Long.parseLong(request.required(VERSION)),
        Instant.parse(request.required(ORDERED)),
        person == null ? null : new Signatory(person, request.required(NAME)),
        request.input().get(REASON));
  }
}
