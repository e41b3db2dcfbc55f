package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** Visits after a treatment, at one, three, six, twelve and twenty-four months. */
final class FollowUp {

  private static final List<Integer> MONTHS = List.of(1, 3, 6, 12, 24);

  private FollowUp() {}

  /** Writes the visits after that day, and the next one planned when the data were taken out. */
  static void after(Chart chart, LocalDate treated, @Nullable ServiceRequest referral) {
    for (int months : MONTHS) {
      LocalDate day = treated.plusMonths(months).plusDays(chart.chance.between(-7, 14));
      LocalDate visit = Workday.onOrAfter(day);
      if (chart.isAfterDeath(visit)) {
        return;
      }
      if (chart.isAfterExtraction(visit)) {
        write(chart, visit, EncounterStatus.PLANNED, referral);
        return;
      }
      boolean cancelled = chart.chance.happens(0.06);
      write(
          chart, visit, cancelled ? EncounterStatus.CANCELLED : EncounterStatus.FINISHED, referral);
    }
  }

  private static void write(
      Chart chart, LocalDate day, EncounterStatus status, @Nullable ServiceRequest referral) {
    Encounter visit = Visit.write(chart, day, status);
    if (referral != null && chart.chance.happens(0.5)) {
      visit.addBasedOn(Chart.to(referral));
    }
  }
}
