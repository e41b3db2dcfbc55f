package se.nhv.fhir.run.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;

/** A run of which servers die must not take every server with it. */
class DeadlyJobTest {

  private static final Unit UNIT = new Unit("SE0000000000-D");

  @Test
  @Timeout(120)
  void aRunThatFiveServersDiedOfWaitsForItsUnitToResumeIt(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("nhv");
    try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(url, "nhv"));
        Jobs jobs = KilledServer.jobs(database)) {
      RunTasks tasks = new RunTasks(database.intake(), Clock.systemUTC());
      String fourTimes = begunAndNeverEnded(tasks, JobKind.REPORT, 4);
      String fiveTimes = begunAndNeverEnded(tasks, JobKind.REPORT, 5);
      jobs.open();

      assertThat(ended(tasks, fourTimes).getStatus()).isEqualTo(TaskStatus.COMPLETED);
      Task failed = ended(tasks, fiveTimes);
      assertThat(failed.getStatus()).isEqualTo(TaskStatus.FAILED);
      assertThat(failed.getStatusReason().getText()).contains("stopped 5 times", "$resume");

      jobs.resume(UNIT, fiveTimes);
      assertThat(ended(tasks, fiveTimes).getStatus()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  @Test
  @Timeout(120)
  void aSubmissionIsTakenUpAgainHoweverManyServersHaveDied(@TempDir Path folder) throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("nhv");
    try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(url, "nhv"));
        Jobs jobs =
            KilledServer.jobs(
                database,
                Map.of(JobKind.SUBMIT, (request, control) -> new JobOutcome(true, List.of())))) {
      RunTasks tasks = new RunTasks(database.intake(), Clock.systemUTC());
      String id = begunAndNeverEnded(tasks, JobKind.SUBMIT, 50);
      jobs.open();
      assertThat(ended(tasks, id).getStatus()).isEqualTo(TaskStatus.COMPLETED);
    }
  }

  /** A run as so many servers leave it that were killed in it. */
  private static String begunAndNeverEnded(RunTasks tasks, JobKind kind, int servers) {
    String id = tasks.add(JobRequest.of(UNIT, kind)).getIdElement().getIdPart();
    for (int server = 1; server <= servers; server++) {
      String attempt = "server-" + server;
      tasks.change(UNIT, id, task -> RunTask.begin(task, attempt, Instant.now()));
    }
    return id;
  }

  private static Task ended(RunTasks tasks, String id) throws InterruptedException {
    Instant latest = Instant.now().plus(Duration.ofSeconds(60));
    Task task = tasks.read(UNIT, id).orElseThrow().task();
    while (RunTask.OPEN.contains(task.getStatus())) {
      assertThat(Instant.now()).as(id).isBefore(latest);
      Thread.sleep(20);
      task = tasks.read(UNIT, id).orElseThrow().task();
    }
    return task;
  }
}
