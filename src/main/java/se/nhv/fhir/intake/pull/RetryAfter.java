package se.nhv.fhir.intake.pull;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/** The Retry-After header: seconds or an HTTP date (RFC 9110, 10.2.3). */
public final class RetryAfter {

  private static final Duration UNREADABLE = Duration.ofSeconds(1);
  private static final int MOST_DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait from now; never negative, and one second where it cannot be read. */
  public static Duration parse(String header) {
    String text = header.strip();
    if (text.matches("[0-9]+")) {
      return Duration.ofSeconds(
          text.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(text));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(Clock.systemUTC().instant(), at);
      return wait.isNegative() ? Duration.ZERO : wait;
    } catch (DateTimeException e) {
      return UNREADABLE;
    }
  }
}
