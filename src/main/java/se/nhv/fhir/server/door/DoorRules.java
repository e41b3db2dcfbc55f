package se.nhv.fhir.server.door;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.api.server.ResponseDetails;
import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.InternalErrorException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceVersionConflictException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import se.nhv.fhir.intake.DeliveryRefusedException;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.SeveralMatchesException;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.run.FailureTrace;
import se.nhv.fhir.store.VersionConflictException;

/**
 * What HAPI leaves open, on both doors: bodies are read strictly, parameters that nothing reads are
 * refused, and every failure becomes the status and OperationOutcome that it deserves.
 */
@Interceptor
public final class DoorRules {

  private static final Logger LOG = LoggerFactory.getLogger(DoorRules.class);
  private static final Set<String> PRESENTATION = Set.of("_format", "_pretty");
  private static final Set<RestOperationTypeEnum> READ_PARAMETERS_THEMSELVES =
      Set.of(
          RestOperationTypeEnum.SEARCH_TYPE,
          RestOperationTypeEnum.EXTENDED_OPERATION_SERVER,
          RestOperationTypeEnum.EXTENDED_OPERATION_TYPE,
          RestOperationTypeEnum.EXTENDED_OPERATION_INSTANCE);

  private final Meters meters;
  private final List<FailureAnswer> failures;

  /**
   * Counts on those meters what it refuses.
   *
   * @param failures what features answer to failures of their own
   */
  DoorRules(Meters meters, List<FailureAnswer> failures) {
    this.meters = meters;
    this.failures = List.copyOf(failures);
  }

  /** Refuses parameters that would be passed over, and reads the body of a write strictly. */
  @Hook(Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED)
  public void beforeHandling(RequestDetails request) {
    RestOperationTypeEnum operation = request.getRestOperationType();
    if (!READ_PARAMETERS_THEMSELVES.contains(operation)) {
      for (String name : request.getParameters().keySet()) {
        if (!PRESENTATION.contains(name)) {
          throw new InvalidRequestException(
              "This request takes no parameters but _format and _pretty.");
        }
      }
    }
    if (operation == RestOperationTypeEnum.CREATE || operation == RestOperationTypeEnum.UPDATE) {
      request.setResource(body(request));
    } else if (operation == RestOperationTypeEnum.TRANSACTION) {
      // Read from the bytes by its provider.
      request.setResource(new Bundle());
    }
  }

  private Resource body(RequestDetails request) {
    Resource resource;
    try {
      resource = StrictJson.parse(request.loadRequestContents());
    } catch (MalformedResourceException e) {
      throw malformed(e); // in HAPI's own words, or its interceptor service logs a stack trace
    }
    if (!resource.fhirType().equals(request.getResourceName())) {
      throw new InvalidRequestException(
          "The resource is of another type than the path, which is for "
              + request.getResourceName()
              + ".");
    }
    if (request.getRestOperationType() == RestOperationTypeEnum.UPDATE
        && request.getId() != null
        && !request.getId().getIdPart().equals(resource.getIdElement().getIdPart())) {
      String element = resource.fhirType() + ".id";
      throw new InvalidRequestException(
          "Another id",
          Outcomes.refused(
              List.of(new Refusal(0, element, "it is not the id of the path", "write the same"))));
    }
    return resource;
  }

  /** The status of what goes on after its answer. */
  @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
  public void accepted(RequestDetails request, ResponseDetails response) {
    if (Accepted.is(request)) {
      response.setResponseCode(202);
    }
  }

  /** The status and outcome of a failure. */
  @Hook(Pointcut.SERVER_PRE_PROCESS_OUTGOING_EXCEPTION)
  public BaseServerResponseException answer(Throwable failure, RequestDetails request) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      BaseServerResponseException known = known(cause, request);
      if (known != null) {
        return known;
      }
    }
    if (failure instanceof BaseServerResponseException answered && answered.getStatusCode() < 500) {
      return answered;
    }
    LOG.error("A request failed, {}", request.getRequestId(), FailureTrace.of(failure));
    return new InternalErrorException(
        "The server failed",
        Outcomes.error(
            IssueType.EXCEPTION,
            "The server failed; the reason is in its log as " + request.getRequestId() + "."));
  }

  private @Nullable BaseServerResponseException known(Throwable cause, RequestDetails request) {
    for (FailureAnswer answer : failures) {
      BaseServerResponseException own = answer.to(cause);
      if (own != null) {
        return own;
      }
    }
    if (cause instanceof MalformedResourceException e) {
      return malformed(e);
    }
    if (cause instanceof SeveralMatchesException e) {
      return new PreconditionFailedException("Several match", Outcomes.refused(e.refusals()));
    }
    if (cause instanceof DeliveryRefusedException e) {
      return new UnprocessableEntityException("Refused", Outcomes.refused(e.refusals()));
    }
    if (cause instanceof VersionConflictException e) {
      return conflict(e, request.getHeader("If-Match") != null);
    }
    if (cause instanceof DataFormatException) {
      return new InvalidRequestException("The request holds a value that is not FHIR R4.");
    }
    if (cause instanceof DataAccessException || cause instanceof TransactionException) {
      LOG.error(
          "The store failed, {}: {}", request.getRequestId(), cause.getClass().getSimpleName());
      return storeFailed();
    }
    return null;
  }

  private static BaseServerResponseException storeFailed() {
    UnclassifiedServerFailureException failed =
        new UnclassifiedServerFailureException(
            503, "The store does not answer: send the same request again later.");
    failed.addResponseHeader("Retry-After", "30");
    return failed;
  }

  private InvalidRequestException malformed(MalformedResourceException e) {
    meters.refused(e.refusals());
    return new InvalidRequestException("Malformed", Outcomes.refused(e.refusals()));
  }

  /** 412 for a version that the sender expected, else 409. */
  public static BaseServerResponseException conflict(VersionConflictException e, boolean expected) {
    OperationOutcome outcome =
        Outcomes.error(IssueType.CONFLICT, e.getMessage() + ": read it again and decide.");
    return expected
        ? new PreconditionFailedException("Another version is current", outcome)
        : new ResourceVersionConflictException("Another version is current", outcome);
  }
}
