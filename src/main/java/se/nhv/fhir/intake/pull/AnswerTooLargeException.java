package se.nhv.fhir.intake.pull;

import java.io.IOException;

/** The body of an answer is longer than its limit; to ask again would not shorten it. */
public final class AnswerTooLargeException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With the limit in bytes and the way out. */
  public AnswerTooLargeException(long limit, String remedy) {
    super("the answer is larger than " + limit + " bytes; " + remedy);
  }
}
