package se.nhv.fhir.intake.pull;

import java.time.Duration;

/**
 * The pauses between the attempts of one request, which together have an end. Resilience4j's Retry
 * has no such end, and loses why it ended when it is interrupted. For one thread.
 */
final class Waits {

  private static final Duration FIRST = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 10;

  private final Duration longest;
  private Duration left;

  Waits(PullLimits limits) {
    longest = limits.longestWait();
    left = limits.longestTotalWait();
  }

  /** Whether the answer is worth another attempt. */
  boolean isWorthAnother(Answer<?> answer) {
    return answer.isPassing() && (longest.isZero() || !left.isZero());
  }

  /**
   * Waits after that attempt as long as the source asks, within the limits.
   *
   * @throws QueryFailedException if the thread is interrupted, which stays noted
   */
  void pause(int attempt, Answer<?> answer) throws QueryFailedException {
    Duration own = FIRST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration pause = least(least(answer.retryAfter().orElse(own), longest), left);
    left = left.minus(pause);
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryFailedException("the pull was interrupted; start it again");
    }
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
