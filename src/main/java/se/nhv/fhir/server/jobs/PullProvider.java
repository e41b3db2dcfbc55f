package se.nhv.fhir.server.jobs;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.run.jobs.PullEndpoint;
import se.nhv.fhir.server.door.Accepted;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;

/** Starts pulls from a unit's endpoints. */
final class PullProvider {

  /** $pull at the system. */
  static final DoorType.Operation PULL =
      new DoorType.Operation(
          "pull",
          Canonicals.ROOT + "/OperationDefinition/pull",
          "POST with endpoint (may be absent when the unit has one) and mode, incremental (if absent)"
              + " or full: pulls as a job, with 202 and Content-Location of its Task.");

  private final Jobs jobs;
  private final List<PullEndpoint> endpoints;

  PullProvider(Jobs jobs, List<PullEndpoint> endpoints) {
    this.jobs = jobs;
    this.endpoints = List.copyOf(endpoints);
  }

  /** $pull: from the unit's endpoint, which must be named when it has several. */
  @Operation(name = "$pull")
  public OperationOutcome pull(
      @OperationParam(name = "endpoint", min = 0) @Nullable StringType endpoint,
      @OperationParam(name = "mode", min = 0) @Nullable StringType mode,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("endpoint", "mode"));
    Unit unit = Caller.unitOf(request);
    String how = mode == null ? ConfiguredEndpoints.INCREMENTAL : mode.getValue();
    if (!List.of(ConfiguredEndpoints.INCREMENTAL, ConfiguredEndpoints.FULL).contains(how)) {
      throw new InvalidRequestException("$pull takes mode as incremental or full.");
    }
    JobRequest pull =
        JobRequest.of(unit, JobKind.PULL)
            .with(JobRequest.ENDPOINT, endpoint(unit, endpoint))
            .with(ConfiguredEndpoints.MODE, how);
    return Accepted.of(jobs.start(pull), request);
  }

  private String endpoint(Unit unit, @Nullable StringType named) {
    List<String> own =
        endpoints.stream()
            .filter(it -> it.unit().equals(unit) && !it.off())
            .map(PullEndpoint::id)
            .toList();
    if (named == null && own.size() == 1) {
      return own.get(0);
    }
    if (named == null || !own.contains(named.getValue())) {
      throw new UnprocessableEntityException(
          "Refused",
          Outcomes.error(
              IssueType.BUSINESSRULE,
              own.isEmpty()
                  ? "The unit has no endpoint that may be asked: set nhv.endpoints[n]."
                  : "$pull takes endpoint as one of " + String.join(", ", own) + "."));
    }
    return named.getValue();
  }
}
