package se.nhv.fhir.intake.pull;

import io.github.resilience4j.core.functions.Either;
import java.time.Duration;

/** The pauses between the attempts of one request, which together have an end; for one thread. */
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

  /** How long to wait after that attempt, in ms: what the source asks, within the limits. */
  <T> long pause(int attempt, Either<Throwable, Answer<T>> last) {
    Duration own = FIRST.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration asked = last.isRight() ? last.get().retryAfter().orElse(own) : own;
    Duration pause = least(least(asked, longest), left);
    left = left.minus(pause);
    return pause.toMillis();
  }

  private static Duration least(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
