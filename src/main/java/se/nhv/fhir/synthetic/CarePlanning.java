package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanIntent;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.jspecify.annotations.Nullable;

/** The individual care plan (individuell vårdplan). */
final class CarePlanning {

  private CarePlanning() {}

  /** Writes a plan during the stay, or at times some weeks or months after it. */
  static void plan(Chart chart, HospitalStay stay) {
    boolean later = chart.chance.happens(0.35);
    LocalDate day =
        later
            ? stay.discharged().toLocalDate().plusDays(chart.chance.between(7, 200))
            : chart.chance.dayBetween(
                stay.admitted().toLocalDate(), stay.discharged().toLocalDate());
    CarePlan plan = write(chart, day);
    if (plan != null && !later && chart.chance.happens(0.8)) {
      plan.setEncounter(stay.reference());
    }
  }

  /** Writes a plan of that day; null if the chart does not reach it. */
  static @Nullable CarePlan write(Chart chart, LocalDate day) {
    LocalDateTime moment = day.atTime(14, chart.chance.between(0, 59));
    if (!chart.reaches(moment)) {
      return null;
    }
    CarePlan plan = new CarePlan();
    plan.setStatus(status(chart.chance))
        .setIntent(CarePlanIntent.PLAN)
        .addCategory(Terminology.own("vardplan", "individuell-vardplan"))
        .addCategory(chart.area())
        .setSubject(chart.patient())
        .setCreatedElement(chart.dates.write(moment));
    return chart.add("vardplan", plan);
  }

  private static CarePlanStatus status(Chance chance) {
    if (chance.happens(0.02)) {
      return CarePlanStatus.DRAFT;
    }
    return chance.happens(0.3) ? CarePlanStatus.COMPLETED : CarePlanStatus.ACTIVE;
  }
}
