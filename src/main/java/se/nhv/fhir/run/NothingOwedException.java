package se.nhv.fhir.run;

/** Nothing of what was asked for is owed; the message says what is. */
public final class NothingOwedException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** With a message that names what was asked for and what is owed. */
  public NothingOwedException(String message) {
    super(message);
  }
}
