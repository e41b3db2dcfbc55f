package se.nhv.fhir.server.mapping;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import ca.uhn.fhir.rest.server.exceptions.UnclassifiedServerFailureException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.RefusedResource;
import se.nhv.fhir.intake.mapping.InvalidMappingException;
import se.nhv.fhir.intake.mapping.RemappingUnfinishedException;
import se.nhv.fhir.server.door.FailureAnswer;
import se.nhv.fhir.server.door.Outcomes;

/** 422 for a mapping with faults, which are named; 503 while what is stored is mapped anew. */
final class MappingFailures implements FailureAnswer {

  @Override
  public @Nullable BaseServerResponseException to(Throwable failure) {
    if (failure instanceof InvalidMappingException e) {
      return new UnprocessableEntityException(
          "The mapping was refused",
          Outcomes.refused(e.faults().stream().map(RefusedResource::refusal).toList()));
    }
    return failure instanceof RemappingUnfinishedException e ? unfinished(e) : null;
  }

  private static BaseServerResponseException unfinished(RemappingUnfinishedException e) {
    UnclassifiedServerFailureException failed =
        new UnclassifiedServerFailureException(503, "Not now: " + e.getMessage() + ".");
    failed.addResponseHeader("Retry-After", "10");
    return failed;
  }
}
