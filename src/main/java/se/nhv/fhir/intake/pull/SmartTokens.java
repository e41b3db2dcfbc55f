package se.nhv.fhir.intake.pull;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Tokens of SMART Backend Services, each kept until shortly before it expires. */
final class SmartTokens implements Tokens {

  private static final Duration MARGIN = Duration.ofSeconds(30);

  private final TokenEndpoint endpoint;
  private final Clock clock;
  private @Nullable String token;
  private Instant renewAt = Instant.MIN;

  SmartTokens(TokenEndpoint endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.clock = clock;
  }

  @Override
  public synchronized String current() throws TokenRefusedException {
    String held = token;
    if (held != null && clock.instant().isBefore(renewAt)) {
      return held;
    }
    TokenEndpoint.Granted granted = endpoint.ask(clock.instant());
    // One that lives no longer than the margin is used for half its life.
    Duration half = granted.life().dividedBy(2);
    renewAt =
        clock.instant().plus(granted.life()).minus(half.compareTo(MARGIN) < 0 ? half : MARGIN);
    token = granted.token();
    return granted.token();
  }

  @Override
  public synchronized boolean discard(@Nullable String refused) {
    if (refused != null && refused.equals(token)) {
      token = null;
    }
    return true;
  }
}
