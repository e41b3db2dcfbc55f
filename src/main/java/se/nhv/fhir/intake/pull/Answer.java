package se.nhv.fhir.intake.pull;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What came of asking once. */
sealed interface Answer<T> {

  /** Whether the same question may be answered otherwise a little later. */
  boolean isPassing();

  /** How long the source asks to wait before that. */
  Optional<Duration> retryAfter();

  /** The answer, which arrived whole, of any status. */
  HttpResponse<T> response() throws QueryFailedException;

  /** The source answered. */
  record Answered<T>(HttpResponse<T> response) implements Answer<T> {

    private static final Set<Integer> PASSING = Set.of(408, 425, 429, 502, 503, 504);

    @Override
    public boolean isPassing() {
      return PASSING.contains(response.statusCode());
    }

    @Override
    public Optional<Duration> retryAfter() {
      return response.headers().firstValue("Retry-After").map(RetryAfter::parse);
    }
  }

  /** No whole answer came. */
  record Unanswered<T>(String reason, boolean isPassing) implements Answer<T> {

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.empty();
    }

    @Override
    public HttpResponse<T> response() throws QueryFailedException {
      throw new QueryFailedException(reason);
    }
  }
}
