package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.interceptor.CapturingInterceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.PositiveIntType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * The two who sign at a unit, and its system that submits.
 *
 * @param reviewer HAPI's client at the intake door, as the one who reviews
 * @param approver as the one who approves
 * @param system as the unit's system
 */
record JourneyDesk(IGenericClient reviewer, IGenericClient approver, IGenericClient system) {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /**
   * Reviews, approves and submits these.
   *
   * @param reason why they are revised; empty for first revisions
   */
  void submit(List<MeasureReport> reports, String reason) {
    for (MeasureReport report : reports) {
      IdType id = report.getIdElement().toUnqualifiedVersionless();
      int version = Integer.parseInt(report.getMeta().getVersionId());
      sign(reviewer, id, "$review", version);
      sign(approver, id, "$approve", version);
    }
    List<IdType> tasks = reports.stream().map(report -> order(report, reason)).toList();
    tasks.forEach(this::awaitDone);
  }

  private static void sign(IGenericClient who, IdType report, String step, int version) {
    Parameters parameters = new Parameters();
    parameters.addParameter("version", new PositiveIntType(version));
    who.operation().onInstance(report).named(step).withParameters(parameters).execute();
  }

  private IdType order(MeasureReport report, String reason) {
    Parameters parameters = new Parameters();
    if (!reason.isEmpty()) {
      parameters.addParameter("reason", new StringType(reason));
    }
    CapturingInterceptor answer = new CapturingInterceptor();
    system.registerInterceptor(answer);
    system
        .operation()
        .onInstance(report.getIdElement().toUnqualifiedVersionless())
        .named("$submit")
        .withParameters(parameters)
        .returnMethodOutcome()
        .execute();
    system.unregisterInterceptor(answer);
    assertThat(answer.getLastResponse().getStatus()).isEqualTo(202);
    return new IdType(answer.getLastResponse().getHeaders("Content-Location").get(0));
  }

  private void awaitDone(IdType task) {
    Instant latest = Instant.now().plus(PATIENCE);
    TaskStatus status = status(task);
    while (status != TaskStatus.COMPLETED) {
      assertThat(status).isIn(TaskStatus.REQUESTED, TaskStatus.INPROGRESS);
      assertThat(Instant.now()).isBefore(latest);
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      status = status(task);
    }
  }

  private TaskStatus status(IdType task) {
    return system.read().resource(Task.class).withId(task.getIdPart()).execute().getStatus();
  }
}
