package se.nhv.fhir.intake.bulk;

/** The endpoint no longer has the export, or no longer gives it out; a new one may be asked for. */
final class ExpiredException extends Exception {

  private static final long serialVersionUID = 1L;

  ExpiredException(String reason) {
    super(reason);
  }

  /** The reason. */
  String reason() {
    return String.valueOf(getMessage());
  }
}
