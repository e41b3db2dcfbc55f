package se.nhv.fhir.publication;

/** A release is withheld: what it would publish could be used to work out what it hides. */
public final class DisclosureRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DisclosureRefusedException(String message) {
    super(message);
  }
}
