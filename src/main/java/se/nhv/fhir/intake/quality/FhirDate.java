package se.nhv.fhir.intake.quality;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/**
 * A date, dateTime or instant as it is written.
 *
 * @param text in FHIR's form
 */
record FhirDate(String text) {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private static final int DAY = 10; // characters of 2024-05-17

  /** The civil date in Stockholm; empty if it is less precise than a day. */
  Optional<LocalDate> day() {
    try {
      if (text.length() < DAY) {
        return Optional.empty();
      }
      if (text.length() == DAY) {
        return Optional.of(LocalDate.parse(text));
      }
      boolean hasZone = text.endsWith("Z") || text.lastIndexOf('+') > DAY || hasMinusZone();
      return Optional.of(
          hasZone
              ? OffsetDateTime.parse(text).atZoneSameInstant(STOCKHOLM).toLocalDate()
              : LocalDateTime.parse(text).toLocalDate());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private boolean hasMinusZone() {
    return text.lastIndexOf('-') > DAY;
  }
}
