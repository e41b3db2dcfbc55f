package se.nhv.fhir.intake.quality;

import java.time.LocalDate;
import java.util.Optional;

/**
 * A place in a resource where the data contract reads a date.
 *
 * @param element the path from the type on
 * @param date what is written there; empty if nothing is
 * @param required whether the resource cannot be counted without it
 */
record Dated(String element, Optional<FhirDate> date, boolean required) {

  /** The civil date; empty if it is absent or less precise than a day. */
  Optional<LocalDate> day() {
    return date.flatMap(FhirDate::day);
  }
}
