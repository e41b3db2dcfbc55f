package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * From a written referral to the MDK that takes it up.
 *
 * @param referral null if the unit lost it
 * @param registered the day on which the unit registered it, now and then after the conference
 * @param conference the day of the MDK
 */
record Waiting(@Nullable ServiceRequest referral, LocalDate registered, LocalDate conference) {

  /**
   * Writes the referral, or some that are refused first.
   *
   * @param least the fewest days from registration to the MDK
   * @return null if it was refused for good
   */
  static @Nullable Waiting from(Chart chart, LocalDate written, int least) {
    Chance chance = chart.chance;
    LocalDate sent = written;
    LocalDate registered = sent.plusDays(chance.between(0, 6));
    while (chance.happens(0.05)) {
      if (!Referral.refused(chart, sent, registered)) {
        return null;
      }
      sent = registered.plusDays(chance.between(10, 40));
      registered = sent.plusDays(chance.between(0, 6));
    }
    int wait = chance.daysAround(chart.traits.daysToConference(), 0.6, least, 150);
    LocalDate conference = Workday.onOrAfter(registered.plusDays(wait));
    if (chance.happens(chart.traits.faults().referralAfterConference())) {
      registered = conference.plusDays(chance.between(1, 20));
    }
    return new Waiting(Referral.accepted(chart, sent, registered), registered, conference);
  }
}
