package se.nhv.fhir.server.jobs;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Task;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobStateException;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.Shelf;
import se.nhv.fhir.server.door.VersionedProvider;

/** A unit's runs, and how they are cancelled and resumed. */
final class JobsProvider extends VersionedProvider {

  /** $cancel and $resume at a Task. */
  static final List<DoorType.Operation> CHANGE =
      List.of(
          new DoorType.Operation(
              "cancel",
              Canonicals.ROOT + "/OperationDefinition/cancel",
              "POST at a Task that is requested or in-progress: takes the run away, or asks it to"
                  + " stop after its page or patient. Answers the Task."),
          new DoorType.Operation(
              "resume",
              Canonicals.ROOT + "/OperationDefinition/resume",
              "POST at a Task that failed, was cancelled or is incomplete: runs it again with the same"
                  + " input. Answers the Task."));

  private final Jobs jobs;

  JobsProvider(Jobs jobs, Shelf.Versioned shelf) {
    super(shelf);
    this.jobs = jobs;
  }

  /** $cancel: takes away a run that waits, and stops one that goes on. */
  @Operation(name = "$cancel", type = Task.class)
  public Task cancel(@IdParam IdType id, RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of());
    Unit unit = Caller.unitOf(request);
    return changed(id, () -> jobs.cancel(unit, id.getIdPart()));
  }

  /** $resume: runs one again that failed, was cancelled or left gaps. */
  @Operation(name = "$resume", type = Task.class)
  public Task resume(@IdParam IdType id, RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of());
    Unit unit = Caller.unitOf(request);
    return changed(id, () -> jobs.resume(unit, id.getIdPart()));
  }

  private static Task changed(IdType id, Supplier<Optional<Task>> change) {
    try {
      return change
          .get()
          .orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
    } catch (JobStateException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
    }
  }
}
