package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Period;
import org.jspecify.annotations.Nullable;

/**
 * How a unit writes its dates: without a time, with Sweden's offset, in UTC, or now and then as a
 * month only, which is a data fault. Moments are given in Swedish time.
 */
final class WrittenDates {

  private static final ZoneId SWEDEN = ZoneId.of("Europe/Stockholm");

  private final UnitTraits traits;
  private final Chance chance;

  WrittenDates(UnitTraits traits, Chance chance) {
    this.traits = traits;
    this.chance = chance;
  }

  /** That moment as the unit happens to write it, at times only its month. */
  DateTimeType write(LocalDateTime moment) {
    if (chance.happens(traits.faults().partialDate())) {
      return new DateTimeType(moment.toLocalDate().toString().substring(0, 7));
    }
    return written(moment, chance.happens(traits.dateOnly()), chance.happens(traits.utc()));
  }

  /** From start to end, both written in the same way; the end open when null. */
  Period write(LocalDateTime start, @Nullable LocalDateTime end) {
    boolean dateOnly = chance.happens(traits.dateOnly());
    boolean utc = chance.happens(traits.utc());
    Period period = new Period();
    period.setStartElement(written(start, dateOnly, utc));
    if (end != null) {
      period.setEndElement(written(end, dateOnly, utc));
    }
    return period;
  }

  /** That moment where FHIR takes nothing less precise (instant). */
  InstantType instant(LocalDateTime moment) {
    return new InstantType(written(moment, false, chance.happens(traits.utc())).getValueAsString());
  }

  /** That day, without a time. */
  static DateTimeType day(LocalDate day) {
    return new DateTimeType(day.toString());
  }

  private static DateTimeType written(LocalDateTime moment, boolean dateOnly, boolean utc) {
    if (dateOnly) {
      return day(moment.toLocalDate());
    }
    OffsetDateTime inSweden = moment.atZone(SWEDEN).toOffsetDateTime();
    return new DateTimeType(
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
            utc ? inSweden.withOffsetSameInstant(ZoneOffset.UTC) : inSweden));
  }
}
