package se.nhv.fhir.run.jobs;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;

/**
 * Durable jobs. A request is kept as a Task before it is answered; the jobs of one lane (a unit,
 * its kind of job and its endpoint) run one after another, whichever server has the lane. A server
 * that dies in a job leaves it to the next one. Safe for use by many threads at once.
 */
public final class Jobs implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
  private static final String LANE = "lane";
  private static final int MISSED_HEARTBEATS = 6;
  private static final Duration SWEEP = Duration.ofMinutes(5);
  private static final Duration AGAIN_AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration LONGEST_CLOSING = Duration.ofSeconds(20);

  private final StoreDatabase database;
  private final RunTasks tasks;
  private final JobRun run;
  private final List<JobSchedule> schedules;
  private final JobSettings settings;
  private final Clock clock;
  private volatile boolean closing;
  private volatile @Nullable Scheduler scheduler;

  /**
   * Jobs over that database, none of which runs before {@link #open}.
   *
   * @param jobs what is done for each kind
   * @param schedules what is asked for again and again
   */
  public Jobs(
      StoreDatabase database,
      Map<JobKind, Job> jobs,
      List<JobSchedule> schedules,
      EndpointStates endpoints,
      JobSettings settings,
      JobListener listener,
      Clock clock) {
    this.database = database;
    this.tasks = new RunTasks(database.intake(), clock);
    this.run = new JobRun(tasks, jobs, endpoints, listener, () -> closing, clock);
    this.schedules = List.copyOf(schedules);
    this.settings = settings;
    this.clock = clock;
  }

  /** Begins to run what waits; takes the database's schema {@code jobs} to its present form. */
  public synchronized void open() {
    if (closing || scheduler != null) {
      return;
    }
    List<RecurringTask<Void>> recurring = new ArrayList<>();
    recurring.add(
        Tasks.recurring("sweep", FixedDelay.of(SWEEP)).execute((instance, context) -> sweep()));
    for (JobSchedule schedule : schedules) {
      recurring.add(
          Tasks.recurring("schedule/" + schedule.name(), schedule.schedule())
              .execute((instance, context) -> startUnlessWaiting(schedule.request())));
    }
    Scheduler opened =
        Scheduler.create(database.jobs(), lane())
            .startTasks(recurring)
            .tableName("\"jobs\".scheduled_tasks")
            .threads(settings.threads())
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .pollingInterval(settings.heartbeat())
            .enableImmediateExecution()
            .failureLogging(LogLevel.WARN, false)
            .shutdownMaxWait(LONGEST_CLOSING)
            .build();
    scheduler = opened;
    sweep();
    opened.start();
    LOG.info("jobs open, {} schedules", schedules.size());
  }

  private CustomTask<Void> lane() {
    return Tasks.custom(LANE, Void.class)
        .onFailureReschedule(FixedDelay.of(AGAIN_AFTER_FAILURE))
        .onDeadExecutionRevive()
        .execute(
            (instance, context) -> {
              String lane = instance.getId();
              Duration delay = run.runNext(unit(lane), lane);
              return (complete, operations) -> afterwards(lane, delay, complete, operations);
            });
  }

  /** A request that came before the lane's row was removed is seen after it. */
  private void afterwards(
      String lane,
      Duration delay,
      ExecutionComplete complete,
      ExecutionOperations<Void> operations) {
    if (closing || tasks.next(unit(lane), lane).isPresent()) {
      operations.reschedule(complete, clock.instant().plus(delay));
    } else {
      operations.remove();
      if (tasks.next(unit(lane), lane).isPresent()) {
        schedule(lane);
      }
    }
  }

  /** Gives every job that waits its turn, should a server have died before it had. */
  private void sweep() {
    tasks.open(null).stream()
        .map(task -> RunTask.request(task).lane())
        .distinct()
        .forEach(this::schedule);
  }

  private void schedule(String lane) {
    Scheduler opened = scheduler;
    if (opened != null && !closing) {
      opened.scheduleIfNotExists(
          new com.github.kagkarlsson.scheduler.task.TaskInstance<>(LANE, lane), Instant.now(clock));
    }
  }

  private void startUnlessWaiting(JobRequest request) {
    boolean waits =
        tasks.open(request.unit()).stream()
            .filter(task -> task.getStatus() == TaskStatus.REQUESTED)
            .anyMatch(task -> RunTask.request(task).equals(request));
    if (!waits) {
      start(request);
    }
  }

  /** What the unit has asked for that has not ended. */
  public List<JobRequest> open(Unit unit) {
    return tasks.open(unit).stream().map(RunTask::request).toList();
  }

  /** Keeps the request, durably, and runs it when its lane is free. */
  public Task start(JobRequest request) {
    Task task = tasks.add(request);
    schedule(request.lane());
    return task;
  }

  /**
   * Takes away a job that waits, and asks one that runs to stop after its page or patient.
   *
   * @return the Task, or empty if the unit has none with that id
   * @throws JobStateException if it has ended, or is a submission that has begun
   */
  public Optional<Task> cancel(Unit unit, String id) {
    return tasks.read(unit, id).map(kept -> tasks.change(unit, id, this::cancel));
  }

  private void cancel(Task task) {
    if (RunTask.hasBegun(task) && RunTask.request(task).kind().isBroughtToItsEnd()) {
      throw new JobStateException(
          "What was sent may have been taken: it is sent until its answer comes. A report that was"
              + " wrong is corrected by its next revision.");
    }
    if (task.getStatus() == TaskStatus.REQUESTED) {
      RunTask.end(
          task,
          TaskStatus.CANCELLED,
          "cancelled by its unit before it began",
          List.of(),
          clock.instant());
    } else if (task.getStatus() == TaskStatus.INPROGRESS) {
      task.getBusinessStatus().setText(RunTask.STOPPING);
    } else {
      throw new JobStateException(
          "The run is " + task.getStatus().toCode() + ": there is nothing to cancel.");
    }
  }

  /**
   * Runs a job that failed, was cancelled or left gaps again, with the same input. What it had
   * brought is there already.
   *
   * @return the Task, or empty if the unit has none with that id
   * @throws JobStateException if it waits, runs or was complete
   */
  public Optional<Task> resume(Unit unit, String id) {
    Optional<Task> resumed = tasks.read(unit, id).map(kept -> tasks.change(unit, id, this::resume));
    resumed.ifPresent(task -> schedule(RunTask.request(task).lane()));
    return resumed;
  }

  private void resume(Task task) {
    boolean ended =
        task.getStatus() == TaskStatus.FAILED
            || task.getStatus() == TaskStatus.CANCELLED
            || RunTask.isIncomplete(task);
    if (!ended) {
      throw new JobStateException(
          "The run is "
              + task.getStatus().toCode()
              + ": only one that failed, was cancelled or is incomplete can be resumed.");
    }
    RunTask.waitAgain(task, "resumed by its unit", clock.instant());
  }

  private static Unit unit(String lane) {
    return new Unit(lane.substring(0, lane.indexOf('/')));
  }

  /** Asks what runs to stop, waits up to 20 s for it, and leaves it to the next server. */
  @Override
  public synchronized void close() {
    closing = true;
    Scheduler opened = scheduler;
    if (opened != null) {
      opened.stop();
    }
  }
}
