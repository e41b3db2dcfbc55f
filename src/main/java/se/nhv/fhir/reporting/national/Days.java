package se.nhv.fhir.reporting.national;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Whole days of a report. */
final class Days {

  private Days() {}

  /** The day that the text names. */
  static LocalDate of(@Nullable String text, String place) {
    try {
      return LocalDate.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw Refusals.report(place, "must be a whole day (yyyy-MM-dd)");
    }
  }
}
