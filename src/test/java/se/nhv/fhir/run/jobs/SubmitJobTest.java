package se.nhv.fhir.run.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.SubmissionOrder;
import se.nhv.fhir.reporting.submission.SubmissionPostponedException;
import se.nhv.fhir.reporting.submission.SubmissionRefusedException;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The outbox, over a national side that does not always answer. */
class SubmitJobTest {

  private static final Unit UNIT = new Unit("SE2321000016-J001");
  private static final Instant NOON = Instant.parse("2025-03-10T12:00:00Z");

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final RunTasks tasks = new RunTasks(database.intake(), Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  private String signed() {
    String id =
        new Reports(database.reports(), FhirContext.forR4Cached())
            .save(OwedReports.of(UNIT, 1))
            .key()
            .id();
    SignOffs signOffs = new SignOffs(database.reports());
    signOffs.review(id, 1, new Signatory("anna", "Anna Ek"), NOON);
    signOffs.approve(id, 1, new Signatory("bo", "Bo Lind"), NOON);
    return id;
  }

  private Jobs jobs(NationalSide national) {
    return new Jobs(
        database,
        Map.of(JobKind.SUBMIT, new SubmitJob(new Submissions(database.reports(), national))),
        List.of(),
        new EndpointStates(database.intake(), List.of(), Clock.systemUTC()),
        new JobSettings(2, Duration.ofMillis(50)),
        new JobListener() {
          @Override
          public void ended(JobRequest request, String outcome, Duration duration) {}

          @Override
          public void pulled(String endpoint, PullOutcome outcome) {}
        },
        Clock.systemUTC());
  }

  private JobRequest request(String report) {
    return SubmitJob.request(
        new SubmissionOrder(UNIT, report, 1, NOON, new Signatory("bo", "Bo Lind"), null));
  }

  private Task until(String id, TaskStatus wanted) throws InterruptedException {
    while (true) {
      Task task = tasks.read(UNIT, id).orElseThrow().task();
      if (task.getStatus() == wanted) {
        return task;
      }
      Thread.sleep(20);
    }
  }

  @Test
  @Timeout(60)
  void whatIsNotAnsweredIsSentAgainUntilItIs() throws InterruptedException {
    AtomicInteger sent = new AtomicInteger();
    NationalSide busy =
        outgoing -> {
          if (sent.incrementAndGet() < 3) {
            throw new SubmissionPostponedException("the national side is busy", null);
          }
          return new Receipt(outgoing.report().getIdPart(), outgoing.revision());
        };
    String report = signed();
    try (Jobs jobs = jobs(busy)) {
      jobs.open();
      String id = jobs.start(request(report)).getIdPart();
      Task done = until(id, TaskStatus.COMPLETED);
      assertThat(done.getOutput().get(1).getValue().primitiveValue()).isEqualTo("1");
    }
    assertThat(sent).hasValue(3);
  }

  @Test
  @Timeout(60)
  void aPostponedSubmissionWaitsAndSaysWhyAndIsNotTakenBack() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    NationalSide closed =
        outgoing -> {
          asked.countDown();
          throw new SubmissionPostponedException("it is closed", Duration.ofDays(400));
        };
    String report = signed();
    try (Jobs jobs = jobs(closed)) {
      jobs.open();
      String id = jobs.start(request(report)).getIdPart();
      asked.await();
      Task task = until(id, TaskStatus.REQUESTED);
      while (!task.getStatusReason().hasText()) {
        Thread.sleep(20);
        task = until(id, TaskStatus.REQUESTED);
      }
      assertThat(task.getStatusReason().getText())
          .isEqualTo("it is closed; it is sent again in 3600 s");
      assertThatThrownBy(() -> jobs.cancel(UNIT, id))
          .isInstanceOf(JobStateException.class)
          .hasMessageContaining("may have been taken");
    }
  }

  @Test
  void whatWasNeverSentCanBeTakenBack() throws InterruptedException {
    try (Jobs jobs = jobs(outgoing -> new Receipt("none", 1))) {
      String id = jobs.start(request(signed())).getIdPart();
      jobs.cancel(UNIT, id);
      until(id, TaskStatus.CANCELLED);
    }
  }

  @Test
  @Timeout(60)
  void whatFailedWithoutAnAnswerIsSentAgain() throws InterruptedException {
    AtomicInteger sent = new AtomicInteger();
    NationalSide failing =
        outgoing -> {
          if (sent.incrementAndGet() == 1) {
            throw new IllegalStateException("the connection is gone");
          }
          return new Receipt(outgoing.report().getIdPart(), outgoing.revision());
        };
    String report = signed();
    try (Jobs jobs = jobs(failing)) {
      jobs.open();
      until(jobs.start(request(report)).getIdPart(), TaskStatus.COMPLETED);
    }
    assertThat(sent).hasValue(2);
  }

  @Test
  @Timeout(60)
  void aRefusalEndsItWithTheReason() throws InterruptedException {
    NationalSide refusing =
        outgoing -> {
          throw new SubmissionRefusedException("the period is owed in no year");
        };
    String report = signed();
    try (Jobs jobs = jobs(refusing)) {
      jobs.open();
      Task failed = until(jobs.start(request(report)).getIdPart(), TaskStatus.FAILED);
      assertThat(failed.getStatusReason().getText()).isEqualTo("the period is owed in no year");
    }
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "1, -, 1",
        "2, -, 2",
        "5, -, 16",
        "9, -, 256",
        "10, -, 300",
        "1000, -, 300",
        "1, 17, 17",
        "6, 17, 32",
        "1, 86400, 3600",
        "1, 0, 1"
      })
  void theWaitDoublesAndHasAnEnd(int attempt, @Nullable Integer asked, long seconds) {
    Duration wanted = asked == null ? null : Duration.ofSeconds(asked);
    assertThat(SubmitJob.delay(attempt, wanted)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
