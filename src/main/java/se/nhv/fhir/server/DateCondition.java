package se.nhv.fhir.server;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A date of a search with its prefix (FHIR R4, search.html#date). Days are days in
 * Europe/Stockholm.
 *
 * @param from the first instant that matches, or null for no bound
 * @param to the last instant that matches, or null for no bound
 */
record DateCondition(@Nullable Instant from, @Nullable Instant to) {

  private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
  private static final Pattern FORM = Pattern.compile("([a-z]{2})?([0-9].*)");
  private static final Set<String> PREFIXES = Set.of("eq", "ge", "gt", "sa", "le", "lt", "eb");

  /** Reads a value, or refuses it with 400. */
  static DateCondition of(String parameter, String value) {
    Matcher form = FORM.matcher(value);
    if (!form.matches()) {
      throw refused(parameter);
    }
    String prefix = form.group(1) == null ? "eq" : form.group(1);
    if (!PREFIXES.contains(prefix)) {
      throw refused(parameter);
    }
    Instant first = first(parameter, form.group(2));
    Instant last = last(parameter, form.group(2));
    return switch (prefix) {
      case "ge" -> new DateCondition(first, null);
      case "gt", "sa" -> new DateCondition(last.plusMillis(1), null);
      case "le" -> new DateCondition(null, last);
      case "lt", "eb" -> new DateCondition(null, first.minusMillis(1));
      default -> new DateCondition(first, last);
    };
  }

  /** The first instant that matches. */
  Optional<Instant> firstInstant() {
    return Optional.ofNullable(from);
  }

  /** The last instant that matches. */
  Optional<Instant> lastInstant() {
    return Optional.ofNullable(to);
  }

  /** The first day that matches. */
  Optional<LocalDate> firstDay() {
    return firstInstant().map(it -> LocalDate.ofInstant(it, ZONE));
  }

  /** The last day that matches. */
  Optional<LocalDate> lastDay() {
    return lastInstant().map(it -> LocalDate.ofInstant(it, ZONE));
  }

  private static Instant first(String parameter, String text) {
    try {
      return switch (text.length()) {
        case 4 -> start(Year.parse(text).atDay(1));
        case 7 -> start(YearMonth.parse(text).atDay(1));
        case 10 -> start(LocalDate.parse(text));
        default -> OffsetDateTime.parse(text).toInstant();
      };
    } catch (DateTimeException e) {
      throw refused(parameter);
    }
  }

  private static Instant last(String parameter, String text) {
    try {
      return switch (text.length()) {
        case 4 -> start(Year.parse(text).plusYears(1).atDay(1)).minusMillis(1);
        case 7 -> start(YearMonth.parse(text).plusMonths(1).atDay(1)).minusMillis(1);
        case 10 -> start(LocalDate.parse(text).plusDays(1)).minusMillis(1);
        default -> OffsetDateTime.parse(text).toInstant();
      };
    } catch (DateTimeException e) {
      throw refused(parameter);
    }
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(ZONE).toInstant();
  }

  private static InvalidRequestException refused(String parameter) {
    return new InvalidRequestException(
        parameter
            + " takes a year, month or day, or an instant with offset, after eq, ge, gt, le, lt, sa or"
            + " eb; for example ge2025-01-01.");
  }
}
