package se.nhv.fhir.reporting.submission;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The national side did not answer; the same is to be sent again later. */
public final class SubmissionPostponedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final @Nullable Duration retryAfter;

  /**
   * Says why.
   *
   * @param retryAfter how long the national side asks to wait, or null
   */
  public SubmissionPostponedException(String message, @Nullable Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the national side asks to wait; empty if it does not say. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
