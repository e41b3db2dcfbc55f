package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** The patient's own stem cells: mobilised, given back, and what becomes of the patient. */
final class Transplantation {

  private static final SctDiagnosis DIAGNOSIS = SctDiagnosis.SYSTEMIC_SCLEROSIS;
  private static final List<Integer> CHECKS = List.of(180, 365, 720);
  private static final int CONDITIONING = 6; // days in hospital before the stem cells are given

  private final Chart chart;
  private final Chance chance;
  private final @Nullable ServiceRequest referral;

  Transplantation(Chart chart, @Nullable ServiceRequest referral) {
    this.chart = chart;
    this.chance = chart.chance;
    this.referral = referral;
  }

  /** Writes what follows on the offer of that day, as far as the chart reaches. */
  void from(LocalDate offered) {
    LocalDate first = Workday.onOrAfter(offered.plusDays(chance.daysAround(26, 0.4, 7, 90)));
    if (!chart.reaches(first)) {
      return;
    }
    HospitalStay collection = mobilise(first);
    if (chance.happens(0.08)) {
      LocalDate second = first.plusDays(chance.between(8, 14));
      if (chart.reaches(second)) {
        mobilise(second);
      }
    }
    LocalDate day = Workday.onOrAfter(first.plusDays(chance.between(28, 55)));
    if (chart.reaches(day)) {
      giveBack(day, collection);
    }
  }

  private HospitalStay mobilise(LocalDate day) {
    HospitalStay stay = HospitalStay.inpatient(chart, day, chance.between(0, 3));
    if (!chart.omits(chart.omissions().answer())) {
      treat(day, stay, "sct-mobilisering", Terminology.coded(Terminology.KVA, "DR027"));
    }
    return stay;
  }

  private void giveBack(LocalDate day, HospitalStay collection) {
    int nights = CONDITIONING + chance.daysAround(chart.traits.daysInHospital(), 0.35, 7, 90);
    HospitalStay stay = HospitalStay.surgical(chart, day.minusDays(CONDITIONING), nights);
    HospitalStay written = chart.omits(chart.omissions().encounter()) ? collection : stay;
    CodeableConcept code =
        Terminology.coded(
            Terminology.KVA, "DR048", "Transplantation, stamceller från perifert blod, autolog");
    Procedure transplantation = treat(day, written, "sct-aterforing", code);
    if (chance.happens(0.02)) {
      transplantation.setStatus(ProcedureStatus.NOTDONE);
      return;
    }
    explainDeath(day, transplantation);
    LocalDate discharged = stay.discharged().toLocalDate();
    if (chance.happens(chart.traits.questionnaireSent())) {
      Questionnaire.PREM.sendAfter(chart, discharged);
    }
    if (chance.happens(0.3)) {
      Questionnaire.PROM.sendAfter(chart, discharged);
    }
    if (!chart.omits(chart.omissions().followUp())) {
      followUp(day);
    }
  }

  private Procedure treat(LocalDate day, HospitalStay stay, String atgard, CodeableConcept code) {
    Procedure procedure = CodedProcedure.of(chart, DIAGNOSIS, code, atgard);
    procedure
        .setEncounter(stay.reference())
        .setPerformed(chart.dates.write(day.atTime(chance.between(9, 15), 30)));
    return chart.add("sct", procedure);
  }

  /** Whether the transplantation was the cause, if the patient died within a year of it. */
  private void explainDeath(LocalDate day, Procedure transplantation) {
    LocalDate death = chart.death();
    if (death == null || chart.omits(chart.omissions().answer())) {
      return;
    }
    long after = ChronoUnit.DAYS.between(day, death);
    if (after <= 365) {
      boolean caused = chance.happens(after <= 100 ? 0.6 : 0.1);
      String code = "transplantationsrelaterad-dod";
      Observed.write(chart, death, code, Observed.answer(caused), transplantation);
    }
  }

  private void followUp(LocalDate day) {
    FollowUp.after(chart, day, referral);
    for (int days : CHECKS) {
      OrganFailure.rule(chart, day.plusDays(days + (long) chance.between(-14, 9)));
    }
    if (chance.happens(0.12)) {
      LocalDate failed = day.plusDays(chance.between(20, 800));
      chance.oneOf(OrganFailure.OF_ANY).befall(chart, failed);
    }
  }
}
