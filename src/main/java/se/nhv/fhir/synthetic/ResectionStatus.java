package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Procedure;

/** What the pathologist says of the margins of what was operated out. */
final class ResectionStatus {

  private static final String CODE = "resektionsstatus";

  private ResectionStatus() {}

  /** Writes the answer on a session of that day, at times after a preliminary one. */
  static void answer(Chart chart, LocalDate operated, Procedure session) {
    Chance chance = chart.chance;
    LocalDate day = operated.plusDays(chance.between(6, 28));
    if (chart.omits(chart.omissions().answer())) {
      return;
    }
    if (chance.happens(0.1)) {
      LocalDate before = operated.plusDays(chance.between(1, 5));
      ObservationStatus preliminary = ObservationStatus.PRELIMINARY;
      Observed.write(chart, before, CODE, Observed.answer("rx"), session, preliminary);
    }
    Observed.write(chart, day, CODE, Observed.answer(margin(chance)), session);
  }

  private static String margin(Chance chance) {
    int share = chance.between(1, 100);
    if (share <= 74) {
      return "r0";
    }
    if (share <= 90) {
      return "r1";
    }
    return share <= 96 ? "r2" : "rx";
  }
}
