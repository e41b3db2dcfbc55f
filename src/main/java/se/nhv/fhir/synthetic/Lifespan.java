package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * When the patients of an area are born and die.
 *
 * @param meanAge their mean age in years when referred
 * @param deviation the standard deviation of that age
 * @param deaths the share who die within the latest day
 * @param soonest the first day after the referral on which someone dies
 * @param latest the last such day
 */
record Lifespan(int meanAge, double deviation, double deaths, int soonest, int latest) {

  /** The day of birth of someone who is referred on that day, an adult. */
  LocalDate birth(Chance chance, LocalDate referred) {
    return referred
        .minusYears(chance.around(meanAge, deviation, 18, 91))
        .minusDays(chance.between(0, 364));
  }

  /** The day of death of someone referred on that day; null for most, who live on. */
  @Nullable LocalDate death(Chance chance, LocalDate referred, LocalDate extracted) {
    if (!chance.happens(deaths)) {
      return null;
    }
    LocalDate death = referred.plusDays(chance.between(soonest, latest));
    return death.isAfter(extracted) ? null : death;
  }
}
