package se.nhv.fhir.run.jobs;

import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskIntent;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;

/** A run as a FHIR R4 Task: how it is written and read. */
final class RunTask {

  static final String IDENTIFIER = Canonicals.identifier("run");
  static final String CODES = Canonicals.codeSystem("run");
  static final String STOPPING = "stopping";
  static final String INCOMPLETE = "incomplete";
  static final Set<TaskStatus> OPEN = Set.of(TaskStatus.REQUESTED, TaskStatus.INPROGRESS);

  private static final String ATTEMPT = Canonicals.identifier("run-attempt");

  private RunTask() {}

  /** A run that waits for its turn. */
  static Task requested(String id, JobRequest request, Instant now) {
    Task task = new Task();
    task.setId(id);
    task.addIdentifier().setSystem(IDENTIFIER).setValue(id);
    task.setIntent(TaskIntent.ORDER).setStatus(TaskStatus.REQUESTED);
    task.getCode().addCoding().setSystem(CODES).setCode(request.kind().code());
    task.getFor().setReference("Organization/" + request.unit());
    if (request.endpoint() != null) {
      task.getFocus().setReference("Endpoint/" + request.endpoint());
    }
    for (Map.Entry<String, String> input : request.input().entrySet()) {
      task.addInput().setValue(new StringType(input.getValue())).getType().setText(input.getKey());
    }
    task.setAuthoredOn(Date.from(now));
    task.setLastModified(Date.from(now));
    return task;
  }

  /** What the Task asks for. */
  static JobRequest request(Task task) {
    SortedMap<String, String> input = new TreeMap<>();
    for (Task.ParameterComponent part : task.getInput()) {
      input.put(part.getType().getText(), ((PrimitiveType<?>) part.getValue()).getValueAsString());
    }
    return new JobRequest(
        new Unit(task.getFor().getReferenceElement().getIdPart()),
        JobKind.of(task.getCode().getCodingFirstRep().getCode()),
        input);
  }

  static String attempt(Task task) {
    String attempt = task.getOwner().getIdentifier().getValue();
    return attempt == null ? "" : attempt;
  }

  /** Whether it runs, or ran and waits to go on. */
  static boolean hasBegun(Task task) {
    return task.getStatus() == TaskStatus.INPROGRESS
        || (task.getStatus() == TaskStatus.REQUESTED && task.hasStatusReason());
  }

  static boolean isStopping(Task task) {
    return STOPPING.equals(task.getBusinessStatus().getText());
  }

  static boolean isIncomplete(Task task) {
    return INCOMPLETE.equals(task.getBusinessStatus().getText());
  }

  /** The Task as the attempt that runs it leaves it at its start. */
  static void begin(Task task, String attempt, Instant now) {
    boolean again = task.getStatus() == TaskStatus.INPROGRESS;
    task.setStatus(TaskStatus.INPROGRESS);
    task.getOwner().getIdentifier().setSystem(ATTEMPT).setValue(attempt);
    task.getOwner().setDisplay("an NHV FHIR adapter");
    if (!task.getExecutionPeriod().hasStart()) {
      task.getExecutionPeriod().setStart(Date.from(now));
    }
    task.getExecutionPeriod().setEnd(null);
    if (again) {
      task.getStatusReason().setText("taken up again: the server that ran it has stopped");
    } else {
      task.setStatusReason(null);
    }
    task.setOutput(null);
    task.setLastModified(Date.from(now));
  }

  /** The Task with how far its run has come. */
  static void progress(Task task, Map<String, Long> counts, Instant now) {
    task.setOutput(null);
    counts.forEach((name, count) -> output(task, name, count));
    task.setLastModified(Date.from(now));
  }

  private static void output(Task task, String name, long count) {
    task.addOutput().setValue(new IntegerType(Math.toIntExact(count))).getType().setText(name);
  }

  /** The Task after its run. */
  static void end(
      Task task, TaskStatus status, String reason, List<JobOutcome.Result> results, Instant now) {
    task.setStatus(status);
    if (reason.isEmpty()) {
      task.setStatusReason(null);
    } else {
      task.getStatusReason().setText(reason);
    }
    task.setBusinessStatus(null);
    task.setOutput(null);
    for (JobOutcome.Result result : results) {
      task.addOutput().setValue(result.value()).getType().setText(result.name());
    }
    task.getExecutionPeriod().setEnd(Date.from(now));
    task.setLastModified(Date.from(now));
  }

  /** The Task back among those that wait; what it has said of an earlier run stays in history. */
  static void waitAgain(Task task, String reason, Instant now) {
    task.setStatus(TaskStatus.REQUESTED);
    task.getStatusReason().setText(reason);
    task.setBusinessStatus(null);
    task.setOwner(null);
    task.setOutput(null);
    task.setExecutionPeriod(null);
    task.setLastModified(Date.from(now));
  }
}
