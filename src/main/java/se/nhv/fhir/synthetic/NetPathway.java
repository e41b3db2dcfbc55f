package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way of one patient with a neuroendocrine or adrenal tumour: referral, MDK, treatments, what
 * follows on them, and for some the MDK again.
 */
final class NetPathway {

  private final Chart chart;
  private final Chance chance;
  private final NetDiagnosis diagnosis;
  private @Nullable ServiceRequest referral;

  NetPathway(Chart chart, NetDiagnosis diagnosis) {
    this.chart = chart;
    this.chance = chart.chance;
    this.diagnosis = diagnosis;
  }

  /** Writes all care of someone whose referral was written on that day. */
  void from(LocalDate written) {
    Waiting waiting = Waiting.from(chart, written, 0);
    if (waiting == null) {
      return;
    }
    referral = waiting.referral();
    Finding.record(chart, waiting.conference(), diagnosis);
    assess(waiting.conference(), 3);
  }

  /** The MDK and what it decides; then again, as long as the disease comes back. */
  private void assess(LocalDate conference, int more) {
    MultidisciplinaryConference.hold(chart, conference, diagnosis, referral);
    if (!chart.reaches(conference)) {
      return;
    }
    treat(conference);
    if (more > 0 && chance.happens(0.4)) {
      LocalDate next = conference.plusDays(chance.between(120, 480));
      assess(Workday.onOrAfter(next), more - 1);
    }
  }

  private void treat(LocalDate conference) {
    if (diagnosis.isValve() && chance.happens(0.8)) {
      operate(Surgery.VALVE, conference);
    }
    if (diagnosis.isAdrenal() && chance.happens(0.6)) {
      operate(Surgery.ADRENAL, conference);
    }
    if (diagnosis.isGepNet() && chance.happens(0.4)) {
      operate(Surgery.NET, conference);
    }
    if (diagnosis.isGepNet() && chance.happens(0.22)) {
      irradiate(RadionuclideSeries.LUTETIUM, conference);
    }
    if (diagnosis == NetDiagnosis.ADRENAL && chance.happens(0.08)) {
      irradiate(RadionuclideSeries.MIBG, conference);
    }
    if (chance.happens(0.3)) {
      medicate(conference);
    }
  }

  private void operate(Surgery surgery, LocalDate conference) {
    LocalDate planned = conference.plusDays(chance.daysAround(32, 0.5, 3, 180));
    LocalDate day = chance.happens(0.05) ? beforeNewYear(planned) : Workday.onOrAfter(planned);
    if (!chart.reaches(day)) {
      return;
    }
    if (chance.happens(0.02)) {
      surgery.callOff(chart, day, diagnosis);
      return;
    }
    follow(List.of(surgery.perform(chart, day, diagnosis)), day);
  }

  /** One of the last days of that year: some are operated on when the wards are closing. */
  private LocalDate beforeNewYear(LocalDate planned) {
    LocalDate day = LocalDate.of(planned.getYear(), 12, chance.between(27, 31));
    return day.isBefore(planned) ? planned : day;
  }

  private void irradiate(RadionuclideSeries series, LocalDate conference) {
    LocalDate first = Workday.onOrAfter(conference.plusDays(chance.between(20, 70)));
    if (chart.reaches(first)) {
      follow(series.give(chart, first, diagnosis), first);
    }
  }

  private void medicate(LocalDate conference) {
    LocalDate day = Workday.onOrAfter(conference.plusDays(chance.between(7, 40)));
    if (chart.reaches(day)) {
      follow(List.of(MedicalTreatment.start(chart, day, diagnosis)), day);
    }
  }

  /** Plan, questionnaires and visits after a treatment. */
  private void follow(List<HospitalStay> stays, LocalDate treated) {
    if (chance.happens(chart.traits.carePlanned())) {
      CarePlanning.plan(chart, stays.get(0));
    }
    for (HospitalStay stay : stays) {
      if (chance.happens(chart.traits.questionnaireSent())) {
        Questionnaire.PREM.sendAfter(chart, stay.admitted().toLocalDate());
      }
      if (chance.happens(0.3)) {
        Questionnaire.PROM.sendAfter(chart, stay.admitted().toLocalDate());
      }
    }
    FollowUp.after(chart, treated, referral);
  }
}
