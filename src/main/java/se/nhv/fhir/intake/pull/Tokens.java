package se.nhv.fhir.intake.pull;

import org.jspecify.annotations.Nullable;

/** Where the token of a request comes from. Safe for use by many threads at once. */
interface Tokens {

  /** The token to send, or null for none. */
  @Nullable String current() throws TokenRefusedException;

  /**
   * Notes that the endpoint did not take a token.
   *
   * @return whether {@link #current} may answer with another one now
   */
  boolean discard(@Nullable String token);

  /** None, or one that does not change. */
  record Fixed(@Nullable String current) implements Tokens {

    @Override
    public boolean discard(@Nullable String token) {
      return false;
    }

    @Override
    public String toString() {
      return "Fixed";
    }
  }
}
