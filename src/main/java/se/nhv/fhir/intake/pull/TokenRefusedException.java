package se.nhv.fhir.intake.pull;

/** No token came; the message says why, without secrets. */
final class TokenRefusedException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * With the reason and the way out.
   *
   * @param passing whether the same question may be answered otherwise a little later
   */
  TokenRefusedException(String reason, boolean passing) {
    super("no token for the source: " + reason);
    this.passing = passing;
  }

  boolean isPassing() {
    return passing;
  }
}
