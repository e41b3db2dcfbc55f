package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * The years that a synthetic hospital's data tell of.
 *
 * @param first the first day on which a referral may be written; the last is a week before the
 *     extraction
 * @param permitFrom the day from which the unit holds its permit; care before it is in the data
 *     too, as it is in a real hospital's
 * @param extracted the day on which the data were taken out: nothing is dated after it, save visits
 *     that are planned
 */
public record CareYears(LocalDate first, LocalDate permitFrom, LocalDate extracted) {

  /**
   * The years 2022 to 2025 with the permit for neuroendocrine tumours from 1 April 2023, taken out
   * on 15 March 2026, when the report on 2025 is due.
   */
  public static final CareYears NET_2022_TO_2025 =
      new CareYears(LocalDate.of(2022, 1, 1), LocalDate.of(2023, 4, 1), LocalDate.of(2026, 3, 15));

  /** Refuses days out of order with an IllegalArgumentException. */
  public CareYears {
    if (permitFrom.isBefore(first) || extracted.isBefore(permitFrom.plusDays(7))) {
      throw new IllegalArgumentException(
          "the first day "
              + first
              + ", the permit's "
              + permitFrom
              + " and the day of extraction "
              + extracted
              + " must follow each other in that order, the last by a week");
    }
  }

  /** The length in years. */
  double length() {
    return ChronoUnit.DAYS.between(first, extracted) / 365.25;
  }
}
