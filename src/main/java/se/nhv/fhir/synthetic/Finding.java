package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Condition;

/** A diagnosis, or damage to an organ, as a Condition. */
final class Finding {

  private static final String VERIFICATION =
      "http://terminology.hl7.org/CodeSystem/condition-ver-status";
  private static final String CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical";

  private Finding() {}

  /** Writes the Condition, recorded on that day, if the chart reaches it. */
  static void record(Chart chart, LocalDate day, Diagnosis diagnosis) {
    if (!chart.reaches(day)) {
      return;
    }
    Condition condition = confirmed(chart, diagnosis.icd10(chart.chance));
    condition.setRecordedDateElement(chart.dates.write(chart.chance.momentOf(day)));
    chart.add("diagnos", condition);
  }

  /** Writes a Condition that began on that day, if the chart reaches it. */
  static void onset(Chart chart, LocalDate day, CodeableConcept code) {
    if (!chart.reaches(day)) {
      return;
    }
    Condition condition = confirmed(chart, code);
    condition.setOnset(chart.dates.write(chart.chance.momentOf(day)));
    if (chart.chance.happens(0.5)) {
      condition.setRecordedDateElement(WrittenDates.day(day));
    }
    chart.add("diagnos", condition);
  }

  private static Condition confirmed(Chart chart, CodeableConcept code) {
    Condition condition = new Condition();
    condition
        .setClinicalStatus(Terminology.coded(CLINICAL, "active"))
        .setVerificationStatus(Terminology.coded(VERIFICATION, "confirmed"))
        .setCode(code)
        .setSubject(chart.patient());
    return condition;
  }
}
