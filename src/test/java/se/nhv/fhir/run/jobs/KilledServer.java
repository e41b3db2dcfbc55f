package se.nhv.fhir.run.jobs;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.intake.pull.PullRequest;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.reporting.ExampleReport;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/**
 * A server's jobs in a process of their own, to be killed: a report job that takes a second over
 * its patients and keeps a report, as {@link ReportJob} does, and a pull of many pages.
 */
final class KilledServer {

  static final int PATIENTS = 50;
  static final String TOKEN = "token-of-the-endpoint";

  private static final String BEGUN = "begun";

  private KilledServer() {}

  public static void main(String[] arguments) throws InterruptedException {
    StoreDatabase database = StoreDatabase.open(settings(arguments[0], arguments[1]));
    Jobs jobs = jobs(database);
    jobs.open();
    Thread.sleep(Duration.ofMinutes(5).toMillis());
  }

  static StoreSettings settings(String url, String user) {
    return new StoreSettings(url, user, user.equals("postgres") ? "postgres" : "", 6);
  }

  /** The jobs of one server, with a heartbeat of 100 ms. */
  static Jobs jobs(StoreDatabase database) {
    Reports reports = ExampleReport.reports(database);
    Job evaluation =
        (request, control) -> {
          System.out.println(BEGUN);
          for (int i = 0; i < PATIENTS; i++) {
            control.done("patients", 1);
            pause();
          }
          List<MeasureReport> kept = reports.keep(List.of(ExampleReport.of(request.unit())));
          pause();
          return new JobOutcome(
              true,
              List.of(
                  JobOutcome.Result.count("patients", PATIENTS),
                  JobOutcome.Result.reference(
                      "report", "MeasureReport/" + kept.get(0).getIdPart())));
        };
    return jobs(database, Map.of(JobKind.REPORT, evaluation, JobKind.PULL, pull(database)));
  }

  /** Those jobs, in the same way. */
  static Jobs jobs(StoreDatabase database, Map<JobKind, Job> jobs) {
    return new Jobs(
        database,
        jobs,
        List.of(),
        new EndpointStates(database.intake(), List.of(), Clock.systemUTC()),
        new JobSettings(2, Duration.ofMillis(100)),
        new JobListener() {
          @Override
          public void ended(JobRequest request, String outcome, Duration duration) {}

          @Override
          public void pulled(String endpoint, PullOutcome outcome) {}
        },
        Clock.systemUTC());
  }

  private static Job pull(StoreDatabase database) {
    return (request, control) -> {
      Content content = Content.packed();
      System.out.println(BEGUN);
      FhirEndpoint source =
          new FhirEndpoint(
              URI.create(request.required("base")),
              TOKEN,
              new PullLimits(15, 1000, Duration.ofSeconds(30), 1 << 20, 2, Duration.ZERO));
      PullOutcome outcome =
          new RequirementsPull(new StoreIntake(database.intake()), database.intake(), content)
              .pull(
                  request.unit(),
                  source,
                  new PullRequest(List.of()),
                  (type, pages, resources) -> {
                    control.done("pages", 1);
                    pause();
                  });
      return new JobOutcome(outcome.complete(), List.of());
    };
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts one and waits until it has begun a job. */
  static Process start(String url, String user) throws IOException {
    String java =
        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    Process process =
        new ProcessBuilder(
                java,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                KilledServer.class.getName(),
                url,
                user)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (String line = output.readLine(); !BEGUN.equals(line); line = output.readLine()) {
      if (line == null) {
        throw new IOException("the server began no job");
      }
    }
    Thread drain = new Thread(() -> output.lines().forEach(line -> {}));
    drain.setDaemon(true);
    drain.start();
    return process;
  }
}
