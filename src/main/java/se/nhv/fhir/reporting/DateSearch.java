package se.nhv.fhir.reporting;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.Query.Criterion;

/**
 * A date search value (R4 search, 3.1.1.5.6 and prefixes 3.1.1.5.3): a prefix and the range of
 * instants that a value of its precision spans. What has no zone is a civil time in
 * Europe/Stockholm.
 *
 * @param prefix how the resource's range is compared with the value's
 * @param low the first millisecond of the value
 * @param high its last millisecond
 */
public record DateSearch(Prefix prefix, Instant low, Instant high) {

  /** The prefixes that are served. */
  public enum Prefix {
    eq,
    gt,
    lt,
    ge,
    le,
    sa,
    eb
  }

  private static final ZoneId ZONE = ZoneId.of("Europe/Stockholm");
  private static final Pattern FORM = Pattern.compile("(eq|gt|lt|ge|le|sa|eb)?(\\d{4}.*)");
  private static final Pattern YEAR = Pattern.compile("\\d{4}");
  private static final Pattern MONTH = Pattern.compile("\\d{4}-\\d{2}");
  private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
  private static final Pattern MINUTE = Pattern.compile(".{10}T\\d{2}:\\d{2}(Z|[+-]\\d{2}:\\d{2})");
  private static final Pattern SECOND =
      Pattern.compile(".{10}T\\d{2}:\\d{2}:\\d{2}(Z|[+-]\\d{2}:\\d{2})");
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * Reads a search value, for example {@code ge2024-01}.
   *
   * @throws IllegalArgumentException if it is none, with the forms that work
   */
  public static DateSearch parse(String value) {
    Matcher matcher = FORM.matcher(value);
    try {
      if (matcher.matches()) {
        String prefix = matcher.group(1);
        return range(prefix == null ? Prefix.eq : Prefix.valueOf(prefix), matcher.group(2));
      }
    } catch (DateTimeException e) {
      throw unreadable(e);
    }
    throw unreadable(null);
  }

  private static IllegalArgumentException unreadable(@Nullable DateTimeException cause) {
    return new IllegalArgumentException(
        "a date is searched as yyyy, yyyy-MM, yyyy-MM-dd or yyyy-MM-ddThh:mm:ss with Z or +hh:mm,"
            + " after eq, gt, lt, ge, le, sa, eb or nothing",
        cause);
  }

  private static DateSearch range(Prefix prefix, String text) {
    if (YEAR.matcher(text).matches()) {
      LocalDate first = LocalDate.of(Integer.parseInt(text), 1, 1);
      return days(prefix, first, first.plusYears(1));
    }
    if (MONTH.matcher(text).matches()) {
      LocalDate first = YearMonth.parse(text).atDay(1);
      return days(prefix, first, first.plusMonths(1));
    }
    if (DAY.matcher(text).matches()) {
      LocalDate day = LocalDate.parse(text);
      return days(prefix, day, day.plusDays(1));
    }
    Instant instant = OffsetDateTime.parse(text).toInstant();
    if (MINUTE.matcher(text).matches()) {
      return new DateSearch(prefix, instant, instant.plusMillis(59_999));
    }
    return SECOND.matcher(text).matches()
        ? new DateSearch(prefix, instant, instant.plusMillis(999))
        : new DateSearch(prefix, instant, instant);
  }

  private static DateSearch days(Prefix prefix, LocalDate first, LocalDate next) {
    return new DateSearch(
        prefix,
        first.atStartOfDay(ZONE).toInstant(),
        next.atStartOfDay(ZONE).toInstant().minusMillis(1));
  }

  /** The index entries of a resource's range from the start of one value to the end of another. */
  static List<IndexEntry> index(String parameter, String from, String to) {
    return List.of(
        IndexEntry.token(parameter + ".start", text(range(Prefix.eq, from).low)),
        IndexEntry.token(parameter + ".end", text(range(Prefix.eq, to).high)));
  }

  /** What must hold of a resource's start and end; the criteria are all to be met. */
  List<Criterion> criteria(String parameter) {
    String start = parameter + ".start";
    String end = parameter + ".end";
    return switch (prefix) {
      case eq -> List.of(from(start, low), to(end, high));
      case gt -> List.of(from(end, high.plusMillis(1)));
      case lt -> List.of(to(start, low.minusMillis(1)));
      // Reaching above the value, or within it: within is "starts in it" when it does not reach
      // above.
      case ge -> List.of(from(end, high.plusMillis(1)).or(from(start, low)));
      case le -> List.of(to(start, low.minusMillis(1)).or(to(end, high)));
      case sa -> List.of(from(start, high.plusMillis(1)));
      case eb -> List.of(to(end, low.minusMillis(1)));
    };
  }

  /** The first instant that matches, where the resource's value is an instant. */
  public Instant earliest() {
    return switch (prefix) {
      case eq, ge -> low;
      case gt, sa -> high.plusMillis(1);
      case lt, le, eb -> Instant.EPOCH;
    };
  }

  /** The last instant that matches, where the resource's value is an instant. */
  public Instant latest() {
    return switch (prefix) {
      case eq, le -> high;
      case lt, eb -> low.minusMillis(1);
      case gt, ge, sa -> Instant.ofEpochMilli(Long.MAX_VALUE);
    };
  }

  private static Criterion from(String parameter, Instant instant) {
    return new Criterion(parameter, Comparison.REACHES, List.of(text(instant)));
  }

  private static Criterion to(String parameter, Instant instant) {
    return new Criterion(parameter, Comparison.STARTS_BY, List.of(text(instant)));
  }

  private static String text(Instant instant) {
    return TEXT.format(instant);
  }
}
