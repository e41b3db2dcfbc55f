package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way of one patient through advanced pelvic surgery: referral, MDK, what is intended, the
 * operation, at times another for what went wrong, and a year of follow-up.
 */
final class AbkPathway {

  private static final String PRIMARY = "abk-primaroperation";

  private final Chart chart;
  private final Chance chance;
  private final AbkDiagnosis diagnosis;
  private @Nullable ServiceRequest referral;

  AbkPathway(Chart chart, AbkDiagnosis diagnosis) {
    this.chart = chart;
    this.chance = chart.chance;
    this.diagnosis = diagnosis;
  }

  /** Writes all care of someone whose referral was written on that day. */
  void from(LocalDate written) {
    Waiting waiting = Waiting.from(chart, written, 6);
    if (waiting == null) {
      return;
    }
    referral = waiting.referral();
    LocalDate conference = waiting.conference();
    Finding.record(chart, conference, diagnosis);
    Procedure mdk = MultidisciplinaryConference.hold(chart, conference, diagnosis, referral);
    if (mdk == null) {
      return;
    }
    if (chance.happens(0.2)) {
      conference = Workday.onOrAfter(conference.plusDays(chance.between(14, 70)));
      mdk = MultidisciplinaryConference.hold(chart, conference, diagnosis, referral);
    }
    intend(conference, mdk);
    if (chance.happens(0.78)) {
      operate(conference);
    }
  }

  private void intend(LocalDate conference, @Nullable Procedure mdk) {
    boolean curative = chance.happens(0.86);
    if (!chart.omits(chart.omissions().answer())) {
      String svar = curative ? "kurativ" : "palliativ";
      Observed.write(chart, conference, "behandlingsintention", Observed.answer(svar), mdk);
    }
    if (chance.happens(0.5)) {
      boolean possible = curative && chance.happens(0.85);
      Observed.write(chart, conference, "r0-mojlig", Observed.answer(possible), mdk);
    }
  }

  private void operate(LocalDate conference) {
    LocalDate day = Workday.onOrAfter(conference.plusDays(chance.daysAround(28, 0.5, 5, 120)));
    if (!chart.reaches(day)) {
      return;
    }
    if (chance.happens(0.03)) {
      OperationSession.callOff(chart, day, diagnosis, PRIMARY, diagnosis.operations());
      return;
    }
    int nights = chance.daysAround(chart.traits.daysInHospital(), 0.5, 3, 120);
    HospitalStay stay = HospitalStay.surgical(chart, day.minusDays(1), nights);
    Procedure session =
        OperationSession.write(chart, day, diagnosis, stay, PRIMARY, diagnosis.operations());
    if (chance.happens(0.4)) {
      OperationSession.component(chart, session, diagnosis, AbkDiagnosis.PARTS);
    }
    ResectionStatus.answer(chart, day, session);
    DischargeSummary.after(chart, stay);
    if (chance.happens(0.16)) {
      operateAgain(day, stay);
    }
    ask(day, stay);
    FollowUp.after(chart, day, referral);
  }

  /** Most within the stay, some after it, a few too late to be laid to the first operation. */
  private void operateAgain(LocalDate operated, HospitalStay stay) {
    LocalDate day = operated.plusDays(chance.daysAround(12, 1.1, 1, 160));
    if (!chart.reaches(day)) {
      return;
    }
    boolean stillThere = !day.isAfter(stay.discharged().toLocalDate());
    HospitalStay where =
        stillThere ? stay : HospitalStay.inpatient(chart, day, chance.between(2, 12));
    OperationSession.write(
        chart, day, diagnosis, where, "abk-reoperation", diagnosis.reoperations());
  }

  /** A questionnaire when the patient is home, others after about a year. */
  private void ask(LocalDate operated, HospitalStay stay) {
    if (chance.happens(0.4)) {
      Questionnaire.PREM.sendAfter(chart, stay.discharged().toLocalDate());
    }
    LocalDate year = operated.plusDays(chance.between(300, 385));
    if (chance.happens(chart.traits.questionnaireSent())) {
      Questionnaire.PROM.sendOn(chart, year);
    }
    if (chance.happens(0.5)) {
      Questionnaire.PREM.sendOn(chart, year);
    }
  }
}
