package se.nhv.fhir.run.jobs;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.FailureTrace;
import se.nhv.fhir.run.jobs.JobStoppedException.Cause;

/** Runs the jobs of a lane, one at a time. Safe for use by many threads at once. */
final class JobRun {

  private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);

  private static final long MOST_DEATHS = 5;
  private static final String DEADLY =
      "its server has stopped "
          + MOST_DEATHS
          + " times while it ran; it is not taken up again by itself, but by $resume";

  private final RunTasks tasks;
  private final Map<JobKind, Job> jobs;
  private final EndpointStates endpoints;
  private final JobListener listener;
  private final BooleanSupplier closing;
  private final Clock clock;

  JobRun(
      RunTasks tasks,
      Map<JobKind, Job> jobs,
      EndpointStates endpoints,
      JobListener listener,
      BooleanSupplier closing,
      Clock clock) {
    this.tasks = tasks;
    this.jobs = jobs;
    this.endpoints = endpoints;
    this.listener = listener;
    this.closing = closing;
    this.clock = clock;
  }

  /**
   * Runs the first job that waits in the lane, if any.
   *
   * @return how long to wait before the next
   */
  Duration runNext(Unit unit, String lane) {
    Optional<RunTasks.Kept> next = tasks.next(unit, lane);
    return next.isPresent() && !closing.getAsBoolean()
        ? run(unit, next.get().task())
        : Duration.ZERO;
  }

  private Duration run(Unit unit, Task waiting) {
    JobRequest request = RunTask.request(waiting);
    String id = waiting.getIdElement().getIdPart();
    MDC.put("unit", unit.hsaId());
    MDC.put("job", id);
    MDC.put("kind", request.kind().code());
    if (request.endpoint() != null) {
      MDC.put("endpoint", request.endpoint());
    }
    try {
      return attempt(request, id, UUID.randomUUID().toString());
    } finally {
      List.of("unit", "job", "kind", "endpoint").forEach(MDC::remove);
    }
  }

  private Duration attempt(JobRequest request, String id, String attempt) {
    Duration delay = Duration.ZERO;
    long start = System.nanoTime();
    long deaths = request.kind().isBroughtToItsEnd() ? 0 : tasks.deaths(request.unit(), id);
    Task begun = tasks.change(request.unit(), id, task -> begin(task, attempt, deaths));
    if (begun.getStatus() == TaskStatus.INPROGRESS) {
      JobControl control = new JobControl(tasks, request.unit(), id, attempt, closing, clock);
      Ended ended = outcome(request, id, control);
      ended.status().ifPresent(it -> endpoints.ended(request, id, it, ended.incomplete()));
      end(request, id, attempt, ended);
      delay = ended.delay();
    }
    Task ended = tasks.read(request.unit(), id).orElseThrow().task();
    if (RunTask.OPEN.contains(ended.getStatus())) {
      LOG.info("Job {} {} for unit {} goes on later", id, request.kind().code(), request.unit());
      return delay;
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    String outcome = RunTask.isIncomplete(ended) ? "incomplete" : ended.getStatus().toCode();
    listener.ended(request, outcome, took);
    LOG.info(
        "Job {} {} for unit {}: {}, in {} ms",
        id,
        request.kind().code(),
        request.unit(),
        outcome,
        took.toMillis());
    return delay;
  }

  private void begin(Task task, String attempt, long deaths) {
    if (RunTask.isStopping(task)) {
      RunTask.end(task, TaskStatus.CANCELLED, Ended.CANCELLED, List.of(), clock.instant());
    } else if (deaths >= MOST_DEATHS) { // perhaps they died of it
      RunTask.end(task, TaskStatus.FAILED, DEADLY, List.of(), clock.instant());
    } else {
      RunTask.begin(task, attempt, clock.instant());
    }
  }

  /** What the Task is to say of a run that is over. */
  private record Ended(
      Optional<TaskStatus> status,
      boolean incomplete,
      String reason,
      List<JobOutcome.Result> results,
      Duration delay) {

    static final String CANCELLED = "cancelled by its unit";

    static Ended of(JobOutcome outcome) {
      return new Ended(
          Optional.of(TaskStatus.COMPLETED),
          !outcome.complete(),
          "",
          outcome.results(),
          Duration.ZERO);
    }

    static Ended failed(String reason) {
      return new Ended(Optional.of(TaskStatus.FAILED), false, reason, List.of(), Duration.ZERO);
    }

    static Ended of(JobPostponedException postponed) {
      String why = String.valueOf(postponed.getMessage());
      return new Ended(Optional.empty(), false, why, List.of(), postponed.delay());
    }

    static Ended of(JobStoppedException stopped) {
      return stopped.why() == Cause.CANCELLED
          ? new Ended(Optional.of(TaskStatus.CANCELLED), false, CANCELLED, List.of(), Duration.ZERO)
          : new Ended(Optional.empty(), false, "its server has closed", List.of(), Duration.ZERO);
    }
  }

  private Ended outcome(JobRequest request, String id, JobControl control) {
    Job job = jobs.get(request.kind());
    if (job == null) {
      return Ended.failed("this server runs no jobs of kind " + request.kind().code());
    }
    try {
      return Ended.of(job.run(request, control));
    } catch (RuntimeException | StackOverflowError e) { // one job must not stop the others
      Optional<JobStoppedException> stopped = stopped(e);
      if (stopped.isPresent()) {
        return Ended.of(stopped.get());
      }
      if (e instanceof JobPostponedException postponed) {
        return Ended.of(postponed);
      }
      if (e instanceof IllegalArgumentException) {
        return Ended.failed(String.valueOf(e.getMessage()));
      }
      LOG.error("Job {} failed", id, FailureTrace.of(e));
      return Ended.failed(
          "it failed with " + e.getClass().getSimpleName() + "; the server's log says where");
    }
  }

  private void end(JobRequest request, String id, String attempt, Ended ended) {
    tasks.change(
        request.unit(),
        id,
        task -> {
          if (!RunTask.attempt(task).equals(attempt)) {
            throw new JobStoppedException(Cause.TAKEN);
          }
          if (ended.status().isEmpty()) {
            RunTask.waitAgain(task, ended.reason(), clock.instant());
            return;
          }
          RunTask.end(task, ended.status().get(), ended.reason(), ended.results(), clock.instant());
          if (ended.incomplete()) {
            task.getBusinessStatus().setText(RunTask.INCOMPLETE);
          }
        });
  }

  private static Optional<JobStoppedException> stopped(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof JobStoppedException it) {
        return Optional.of(it);
      }
    }
    return Optional.empty();
  }
}
