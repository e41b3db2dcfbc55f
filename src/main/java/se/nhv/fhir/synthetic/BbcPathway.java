package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/**
 * The way of one patient with adrenocortical cancer: referral, first visit, MDK, operation, and
 * mitotane whose concentration is followed.
 */
final class BbcPathway {

  private static final String SURGERY = "bbc-kirurgi";
  private static final List<String> KVA = List.of("BCA30", "BCA31", "BCA40");
  private static final List<Integer> SAMPLES = List.of(14, 30, 60, 90, 180, 270, 355, 450, 540);

  private final Chart chart;
  private final Chance chance;
  private final BbcDiagnosis diagnosis;
  private @Nullable ServiceRequest referral;

  BbcPathway(Chart chart, BbcDiagnosis diagnosis) {
    this.chart = chart;
    this.chance = chart.chance;
    this.diagnosis = diagnosis;
  }

  /** Writes all care of someone whose referral was written on that day. */
  void from(LocalDate written) {
    Waiting waiting = Waiting.from(chart, written, 5);
    if (waiting == null) {
      return;
    }
    referral = waiting.referral();
    LocalDate conference = waiting.conference();
    firstVisit(waiting.registered());
    LocalDate found = conference.minusDays(chance.between(0, 5));
    Finding.record(chart, found, diagnosis);
    Procedure mdk = MultidisciplinaryConference.hold(chart, conference, diagnosis, referral);
    if (mdk == null) {
      return;
    }
    boolean curative = chance.happens(0.75);
    if (!chart.omits(chart.omissions().answer())) {
      String svar = curative ? "kurativ" : "palliativ";
      Observed.write(chart, conference, "behandlingsintention", Observed.answer(svar), mdk);
    }
    treat(found, conference, curative);
  }

  private void firstVisit(LocalDate registered) {
    LocalDate day = Workday.onOrAfter(registered.plusDays(chance.daysAround(9, 0.5, 1, 45)));
    if (chart.reaches(day) && chance.happens(0.95)) {
      var visit = Visit.write(chart, day, EncounterStatus.FINISHED);
      if (referral != null) {
        visit.addBasedOn(Chart.to(referral));
      }
    }
  }

  private void treat(LocalDate found, LocalDate conference, boolean curative) {
    LocalDate day = Workday.onOrAfter(found.plusDays(chance.daysAround(22, 0.4, 8, 70)));
    boolean operated = chance.happens(curative ? 0.95 : 0.4) && chart.reaches(day);
    if (operated && chance.happens(0.03)) {
      OperationSession.callOff(chart, day, diagnosis, SURGERY, KVA);
    } else if (operated) {
      operate(day);
    }
    if (chance.happens(operated ? 0.65 : 0.9)) {
      LocalDate last = operated ? day : conference;
      medicate(Workday.onOrAfter(last.plusDays(chance.between(10, operated ? 50 : 25))));
    }
  }

  private void operate(LocalDate day) {
    if (chance.happens(0.06)) {
      failAdrenals(day.minusDays(1));
    }
    int nights = chance.daysAround(chart.traits.daysInHospital(), 0.5, 2, 90);
    HospitalStay stay = HospitalStay.surgical(chart, day.minusDays(1), nights);
    Procedure session = OperationSession.write(chart, day, diagnosis, stay, SURGERY, KVA);
    if (chance.happens(0.2)) {
      OperationSession.component(chart, session, diagnosis, List.of("JLC10", "BCA20"));
    }
    ResectionStatus.answer(chart, day, session);
    if (chance.happens(0.35)) {
      failAdrenals(day.plusDays(chance.between(2, 450)));
    }
    ask(stay.discharged().toLocalDate());
    FollowUp.after(chart, day, referral);
  }

  private void failAdrenals(LocalDate day) {
    Finding.onset(chart, day, Terminology.coded(Terminology.ICD_10_SE, "E896"));
  }

  private void medicate(LocalDate day) {
    if (!chart.reaches(day)) {
      return;
    }
    HospitalStay visit = HospitalStay.inpatient(chart, day, 0);
    Procedure treatment =
        CodedProcedure.of(
            chart,
            diagnosis,
            Terminology.coded(Terminology.ATC, "L01XX23", "Mitotan"),
            "bbc-onkologisk-behandling");
    treatment
        .setEncounter(visit.reference())
        .setPerformed(chart.dates.write(day.atTime(chance.between(9, 15), 0)));
    chart.add("medicin", treatment);
    ask(day);
    boolean lost = chart.omits(chart.omissions().followUp());
    for (int days : SAMPLES) {
      if (!lost || days < 200) {
        sample(day.plusDays(days + (long) chance.between(-6, 12)));
      }
    }
  }

  private void sample(LocalDate day) {
    Observed.write(
        chart, day, "p-mitotan", Observed.tenths(chance.around(150, 45, 12, 320), "mg/L"), null);
  }

  private void ask(LocalDate treated) {
    if (chance.happens(chart.traits.questionnaireSent())) {
      Questionnaire.PREM.sendAfter(chart, treated);
    }
    if (chance.happens(0.6)) {
      Questionnaire.PROM.sendOn(chart, treated.plusDays(chance.between(80, 360)));
    }
  }
}
