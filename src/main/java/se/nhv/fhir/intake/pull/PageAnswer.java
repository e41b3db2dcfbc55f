package se.nhv.fhir.intake.pull;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** What came of asking for a page once. */
sealed interface PageAnswer {

  /** Whether the same question may be answered otherwise a little later. */
  boolean isPassing();

  /** How long the source asks to wait before that. */
  Optional<Duration> retryAfter();

  /** The bytes of a page that arrived whole, with status 200. */
  byte[] body() throws QueryFailedException;

  /** The source answered. */
  record Answered(HttpResponse<byte[]> response) implements PageAnswer {

    private static final int OK = 200;
    private static final Set<Integer> PASSING = Set.of(408, 429, 502, 503, 504);

    @Override
    public boolean isPassing() {
      return PASSING.contains(response.statusCode());
    }

    @Override
    public Optional<Duration> retryAfter() {
      return response.headers().firstValue("Retry-After").map(RetryAfter::parse);
    }

    @Override
    public byte[] body() throws QueryFailedException {
      int status = response.statusCode();
      if (status == OK) {
        return response.body();
      }
      String remedy =
          switch (status / 100) {
            case 3 -> "; redirects are not followed, configure the address it leads to";
            case 4 -> "; check the address and the token";
            default -> "; try again later";
          };
      throw new QueryFailedException("the source answered with HTTP status " + status + remedy);
    }
  }

  /** No whole answer came. */
  record Unanswered(String reason, boolean isPassing) implements PageAnswer {

    @Override
    public Optional<Duration> retryAfter() {
      return Optional.empty();
    }

    @Override
    public byte[] body() throws QueryFailedException {
      throw new QueryFailedException(reason);
    }
  }
}
