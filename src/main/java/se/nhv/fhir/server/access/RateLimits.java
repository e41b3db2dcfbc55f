package se.nhv.fhir.server.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import org.springframework.stereotype.Component;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.NhvProperties;

/**
 * How often one may ask: each caller by itself, whatever address it comes from; each address for
 * what comes without a token, and more narrowly for what comes without a good one. It remembers the
 * last 20,000 of each for ten minutes. Safe for use by many threads at once.
 */
@Component
public final class RateLimits {

  private static final int MOST_REMEMBERED = 20_000;
  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Cache<String, RateLimiter> callers = cache();
  private final Cache<String, RateLimiter> failures = cache();
  private final RateLimiterConfig requests;
  private final RateLimiterConfig refusals;

  RateLimits(NhvProperties properties) {
    AccessProperties access = properties.access();
    this.requests =
        config(
            access.burst(),
            Duration.ofNanos(
                Math.max(1, 1_000_000_000L * access.burst() / access.requestsPerSecond())));
    this.refusals = config(access.failuresPerMinute(), MINUTE);
  }

  private static Cache<String, RateLimiter> cache() {
    return Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterAccess(REMEMBERED).build();
  }

  private static RateLimiterConfig config(int most, Duration period) {
    return RateLimiterConfig.custom()
        .limitForPeriod(most)
        .limitRefreshPeriod(period)
        .timeoutDuration(Duration.ZERO)
        .build();
  }

  /** Whether one more request of that caller, or of that address if it has no token, may pass. */
  boolean admit(Credential credential, String address) {
    String key =
        credential.client().isEmpty()
            ? address
            : Role.of(credential.caller()).code()
                + "/"
                + credential.caller().unit().map(Object::toString).orElse("")
                + "/"
                + credential.client();
    return callers.get(key, it -> RateLimiter.of(it, requests)).acquirePermission();
  }

  /** Whether one more request without a good token is worth an answer to that address. */
  boolean admitFailure(String address) {
    return failures.get(address, it -> RateLimiter.of(it, refusals)).acquirePermission();
  }

  /** After how many seconds a caller may ask again. */
  long secondsForCaller() {
    return Math.max(1, requests.getLimitRefreshPeriod().toSeconds());
  }

  /** After how many seconds an address may fail again. */
  long secondsForFailure() {
    return MINUTE.toSeconds();
  }
}
