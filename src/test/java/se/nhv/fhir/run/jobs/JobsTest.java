package se.nhv.fhir.run.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ExampleReport;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticEndpoint;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticPatient;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** Jobs outlive the server that runs them, and no two servers run the same one at once. */
class JobsTest {

  private static final Duration LONGEST = Duration.ofSeconds(90);
  private static final int SEED = 4711;

  private static EmbeddedPostgres postgres;
  private static String url;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.start();
    url = postgres.getJdbcUrl("postgres", "postgres");
  }

  @AfterAll
  static void close() throws IOException {
    postgres.close();
  }

  private static Task until(RunTasks tasks, Unit unit, String id, TaskStatus wanted) {
    Instant latest = Instant.now().plus(LONGEST);
    Task task = tasks.read(unit, id).orElseThrow().task();
    while (task.getStatus() != wanted) {
      assertThat(Instant.now()).as("%s is %s", id, task.getStatus()).isBefore(latest);
      sleep(20);
      task = tasks.read(unit, id).orElseThrow().task();
    }
    return task;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts a job, kills its server in the midst of it, and lets another end it. */
  private static void killed(String place, String user, JobRequest request, int millis)
      throws IOException, InterruptedException {
    String id;
    try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(place, user));
        Jobs asking = KilledServer.jobs(database)) {
      id = asking.start(request).getIdElement().getIdPart();
    }
    Process server = KilledServer.start(place, user);
    sleep(millis);
    server.destroyForcibly().waitFor();
    try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(place, user));
        Jobs second = KilledServer.jobs(database)) {
      second.open();
      RunTasks tasks = new RunTasks(database.intake(), Clock.systemUTC());
      Task done = until(tasks, request.unit(), id, TaskStatus.COMPLETED);
      assertThat(RunTask.isIncomplete(done)).isFalse();
      assertThat(done.getExecutionPeriod().getEnd()).isNotNull();
      assertThat(tasks.open(request.unit())).isEmpty();
    }
  }

  private static void killInEvaluation(String place, String user, int times)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    for (int i = 0; i < times; i++) {
      Unit unit = new Unit("SE0000000000-E" + i);
      killed(place, user, JobRequest.of(unit, JobKind.REPORT), random.nextInt(900));
      try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(place, user))) {
        var reports = ExampleReport.reports(database);
        var found = reports.find(ReportQuery.of("reporter", "Organization/" + unit, 10)).reports();
        assertThat(found).hasSize(1);
        assertThat(reports.history(found.get(0).getIdPart())).hasSize(1);
      }
    }
  }

  private static void killInPull(String place, String user, int times)
      throws IOException, InterruptedException {
    Random random = new Random(SEED);
    SyntheticUnit hospital = SyntheticHospitals.units().get(0);
    List<SyntheticPatient> patients =
        new SyntheticNetCare(hospital, 3, CareYears.NET_2022_TO_2025).patients(12).toList();
    try (SyntheticEndpoint endpoint =
        SyntheticEndpoint.start(hospital, patients.stream(), KilledServer.TOKEN)) {
      for (int i = 0; i < times; i++) {
        Unit unit = new Unit("SE0000000000-P" + i);
        JobRequest pull =
            JobRequest.of(unit, JobKind.PULL)
                .with(JobRequest.ENDPOINT, "ward")
                .with("base", endpoint.base().toString());
        killed(place, user, pull, random.nextInt(600));
        assertThat(stored(place, user, unit)).isEqualTo(expected(patients));
      }
    }
  }

  private static Map<String, Integer> stored(String place, String user, Unit unit) {
    Map<String, Integer> sizes = new TreeMap<>();
    try (StoreDatabase database = StoreDatabase.open(KilledServer.settings(place, user))) {
      new StoredPatients(database.intake(), unit)
          .forEachPatient(it -> sizes.put(it.id(), it.resources().size()));
    }
    return sizes;
  }

  private static Map<String, Integer> expected(List<SyntheticPatient> patients) {
    Map<String, Integer> sizes = new TreeMap<>();
    patients.forEach(it -> sizes.put(it.record().id(), it.record().resources().size()));
    return sizes;
  }

  @Test
  @Timeout(300)
  void aServerKilledInAnEvaluationLeavesExactlyOneReport() throws Exception {
    killInEvaluation(url, "postgres", 2);
  }

  @Test
  @Timeout(300)
  void aServerKilledInAPullLeavesAllThatTheHospitalHas() throws Exception {
    killInPull(url, "postgres", 2);
  }

  @Test
  @Timeout(300)
  void aJobInAFileOutlivesItsServerToo(@TempDir Path folder) throws Exception {
    killInEvaluation("jdbc:h2:file:" + folder.resolve("nhv"), "nhv", 1);
  }

  @Test
  @Tag("proof")
  void fiftyServersKilledInAnEvaluation() throws Exception {
    killInEvaluation(url, "postgres", 50);
  }

  @Test
  @Tag("proof")
  void fiftyServersKilledInAPull() throws Exception {
    killInPull(url, "postgres", 50);
  }

  @Test
  @Timeout(180)
  void twoServersOnOneDatabaseRunEachJobOnceAndALaneOneAtATime() {
    Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
    Map<String, Integer> runs = new ConcurrentHashMap<>();
    List<String> overlaps = new ArrayList<>();
    Job job =
        (request, control) -> {
          AtomicInteger lane = running.computeIfAbsent(request.lane(), it -> new AtomicInteger());
          if (lane.incrementAndGet() > 1) {
            synchronized (overlaps) {
              overlaps.add(request.lane());
            }
          }
          sleep(10);
          runs.merge(control.id(), 1, Integer::sum);
          lane.decrementAndGet();
          return new JobOutcome(true, List.of());
        };
    try (StoreDatabase first = StoreDatabase.open(KilledServer.settings(url, "postgres"));
        StoreDatabase second = StoreDatabase.open(KilledServer.settings(url, "postgres"));
        Jobs one = jobs(first, job);
        Jobs other = jobs(second, job)) {
      one.open();
      other.open();
      List<Task> started =
          Stream.iterate(0, i -> i < 40, i -> i + 1)
              .map(i -> (i % 2 == 0 ? one : other).start(request(i)))
              .toList();
      RunTasks tasks = new RunTasks(first.intake(), Clock.systemUTC());
      for (int i = 0; i < started.size(); i++) {
        until(
            tasks,
            request(i).unit(),
            started.get(i).getIdElement().getIdPart(),
            TaskStatus.COMPLETED);
      }
      assertThat(overlaps).isEmpty();
      assertThat(runs).hasSize(40).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    }
  }

  private static JobRequest request(int number) {
    return JobRequest.of(new Unit("SE0000000000-T" + number % 3), JobKind.RETENTION);
  }

  private static Jobs jobs(StoreDatabase database, Job job) {
    return new Jobs(
        database,
        Map.of(JobKind.RETENTION, job),
        List.of(),
        new EndpointStates(database.intake(), List.of(), Clock.systemUTC()),
        new JobSettings(3, Duration.ofMillis(500)),
        new JobListener() {
          @Override
          public void ended(JobRequest request, String outcome, Duration duration) {}

          @Override
          public void pulled(String endpoint, PullOutcome outcome) {}
        },
        Clock.systemUTC());
  }
}
