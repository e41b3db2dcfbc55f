package se.nhv.fhir.evaluation.reference;

import se.nhv.fhir.measure.RawResource;

/** A resource cannot be read right, so that nothing can be said of its patient. */
final class UnreadableResourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnreadableResourceException(RawResource resource, String reason) {
    super(resource + " cannot be read: " + reason);
  }
}
