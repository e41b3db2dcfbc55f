package se.nhv.fhir.server.obligation;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.national.RevisionConflictException;
import se.nhv.fhir.reporting.obligation.Answers;
import se.nhv.fhir.reporting.obligation.Obligation;
import se.nhv.fhir.reporting.obligation.ObligationStateException;
import se.nhv.fhir.reporting.obligation.ObligationTask;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;

/** Obligations as Tasks, and the authority's answers to what was handed in. */
public final class AnswersProvider extends ReadProvider {

  /** $accept and $return at a Task. */
  static final List<DoorType.Operation> ANSWERS =
      List.of(
          new DoorType.Operation(
              "accept",
              Canonicals.ROOT + "/OperationDefinition/accept",
              "POST at a Task of which every report is handed in: takes them. Answers the Task."),
          new DoorType.Operation(
              "return",
              Canonicals.ROOT + "/OperationDefinition/return",
              "POST at a Task with reason, what is to be corrected, for the unit to read: asks for"
                  + " another revision of every report that is handed in. Answers the Task."));

  private final ObligationShelf shelf;
  private final Obligations obligations;
  private final Answers answers;
  private final Clock clock;

  AnswersProvider(ObligationShelf shelf, Obligations obligations, Answers answers, Clock clock) {
    super(shelf);
    this.shelf = shelf;
    this.obligations = obligations;
    this.answers = answers;
    this.clock = clock;
  }

  /** $accept: the authority takes every report. */
  @Operation(name = "$accept", type = Task.class)
  public Task accept(@IdParam IdType id, RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of());
    return answered(id, request, it -> answers.accept(it, clock.instant()));
  }

  /** $return: the authority asks for another revision. */
  @Operation(name = "$return", type = Task.class)
  public Task giveBack(
      @IdParam IdType id,
      @OperationParam(name = "reason", min = 0) @Nullable StringType reason,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("reason"));
    if (reason == null || reason.isEmpty()) {
      throw new InvalidRequestException("$return takes reason: what is to be corrected.");
    }
    return answered(id, request, it -> answers.giveBack(it, reason.getValue(), clock.instant()));
  }

  private Task answered(IdType id, RequestDetails request, Consumer<Obligation> answer) {
    Caller caller = Caller.of(request);
    try {
      answer.accept(existing(caller, id));
    } catch (ObligationStateException | IllegalArgumentException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
    } catch (RevisionConflictException e) {
      throw new ResourceVersionConflictException(
          "Another answer came first",
          Outcomes.error(IssueType.CONFLICT, String.valueOf(e.getMessage())));
    }
    return ObligationTask.of(existing(caller, id), obligations.today());
  }

  private Obligation existing(Caller caller, IdType id) {
    return shelf
        .find(caller, id.getIdPart())
        .orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
  }
}
