package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import org.jspecify.annotations.Nullable;

/** What a door answers to failures of one feature. Safe for use by many threads at once. */
@FunctionalInterface
public interface FailureAnswer {

  /** The answer to that failure, or null if it is not one of the feature's. */
  @Nullable BaseServerResponseException to(Throwable failure);
}
