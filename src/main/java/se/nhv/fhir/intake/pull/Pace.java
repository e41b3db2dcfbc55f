package se.nhv.fhir.intake.pull;

import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** How many requests an endpoint is given in a second and at once. Safe for many threads. */
final class Pace {

  private static final Duration LONGEST_QUEUE = Duration.ofHours(1);

  private final RateLimiter rate;
  private final Semaphore inFlight;

  Pace(PullLimits limits) {
    // One permit a period, so that requests come evenly and not in bursts.
    rate =
        RateLimiter.of(
            "endpoint",
            RateLimiterConfig.custom()
                .limitForPeriod(1)
                .limitRefreshPeriod(Duration.ofNanos((long) (1e9 / limits.requestsPerSecond())))
                .timeoutDuration(LONGEST_QUEUE)
                .build());
    inFlight = new Semaphore(limits.parallel(), true);
  }

  /** Sends a request when its turn has come. */
  <T> Answer<T> inTurn(Supplier<Answer<T>> request) {
    try {
      inFlight.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered<>("the pull was interrupted; start it again", false);
    }
    try {
      return rate.acquirePermission()
          ? request.get()
          : new Answer.Unanswered<>("the rate of requests is set too low for this pull", false);
    } finally {
      inFlight.release();
    }
  }
}
