package se.nhv.fhir.server;

import java.util.concurrent.CountDownLatch;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.pull.RequirementsPull;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.run.UnitRun;
import se.nhv.fhir.store.StoreDatabase;

/** The server while it runs, and what a command in the same process may do with it. */
public final class NhvServer implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final CountDownLatch closed;

  private NhvServer(ConfigurableApplicationContext context, CountDownLatch closed) {
    this.context = context;
    this.closed = closed;
  }

  /**
   * Starts the server and returns when it is ready.
   *
   * @param settings as {@code --name=value}; they win over every other source
   */
  public static NhvServer start(String... settings) {
    System.clearProperty("logback.configurationFile"); // the server logs by its own settings
    CountDownLatch closed = new CountDownLatch(1);
    ConfigurableApplicationContext context =
        new SpringApplicationBuilder(NhvApplication.class, ContentConfiguration.class)
            .listeners((ApplicationListener<ContextClosedEvent>) event -> closed.countDown())
            .run(settings);
    return new NhvServer(context, closed);
  }

  /** The port that it listens on. */
  public int port() {
    return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
  }

  /** The content that it evaluates. */
  public Content content() {
    return context.getBean(Content.class);
  }

  /** The way into its intake store. */
  public Intake intake() {
    return context.getBean(Intake.class);
  }

  /** Pulls into its intake store. */
  public RequirementsPull requirementsPull() {
    return new RequirementsPull(intake(), context.getBean(StoreDatabase.class).intake(), content());
  }

  /** The units that it names. */
  public Units units() {
    return context.getBean(Units.class);
  }

  /** Runs over its stored patients. */
  public UnitRun runs() {
    return context.getBean(UnitRun.class);
  }

  /** The signatures on the reports that units work on. */
  public SignOffs signOffs() {
    return new SignOffs(context.getBean(StoreDatabase.class).reports());
  }

  /** The way from there to the national side. */
  public Submissions submissions() {
    return new Submissions(
        context.getBean(StoreDatabase.class).reports(), context.getBean(NationalSide.class));
  }

  /** What units owe by the permits in its settings. */
  public Obligations obligations() {
    return context.getBean(Obligations.class);
  }

  /** Waits until the server has been stopped. */
  public void await() throws InterruptedException {
    closed.await();
  }

  @Override
  public void close() {
    context.close();
  }
}
