package se.nhv.fhir.run.jobs;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.hl7.fhir.r4.model.Task;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobStoppedException.Cause;

/**
 * How a running job says how far it has come and learns that it is to stop: between two pages or
 * patients. Safe for use by many threads at once.
 */
public final class JobControl {

  private static final long LOOK_EVERY = Duration.ofMillis(500).toNanos();
  private static final long TELL_EVERY = Duration.ofSeconds(5).toNanos();

  private final RunTasks tasks;
  private final Unit unit;
  private final String id;
  private final String attempt;
  private final BooleanSupplier closing;
  private final java.time.Clock clock;
  private final Map<String, Long> counts = new TreeMap<>();
  private long looked = System.nanoTime();
  private long told = looked;

  JobControl(
      RunTasks tasks,
      Unit unit,
      String id,
      String attempt,
      BooleanSupplier closing,
      java.time.Clock clock) {
    this.tasks = tasks;
    this.unit = unit;
    this.id = id;
    this.attempt = attempt;
    this.closing = closing;
    this.clock = clock;
  }

  /** The id of the Task. */
  public String id() {
    return id;
  }

  /**
   * Something more is done.
   *
   * @param what a word, for example {@code pages}
   * @param more how many, from 0
   * @throws JobStoppedException if the job is to stop
   */
  public synchronized void done(String what, long more) {
    counts.merge(what, more, Long::sum);
    if (closing.getAsBoolean()) {
      throw new JobStoppedException(Cause.CLOSING);
    }
    long now = System.nanoTime();
    if (now - told >= TELL_EVERY) {
      told = now;
      looked = now;
      requireGoingOn(
          tasks.change(unit, id, task -> RunTask.progress(goingOn(task), counts, clock.instant())));
    } else if (now - looked >= LOOK_EVERY) {
      looked = now;
      requireGoingOn(tasks.read(unit, id).orElseThrow().task());
    }
  }

  private Task goingOn(Task task) {
    if (!RunTask.attempt(task).equals(attempt)) {
      throw new JobStoppedException(Cause.TAKEN);
    }
    return task;
  }

  private void requireGoingOn(Task task) {
    if (RunTask.isStopping(goingOn(task))) {
      throw new JobStoppedException(Cause.CANCELLED);
    }
  }
}
