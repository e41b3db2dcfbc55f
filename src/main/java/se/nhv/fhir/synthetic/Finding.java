package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.Condition;

/** The diagnosis as a Condition with a code of ICD-10-SE. */
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
    Condition condition = new Condition();
    condition
        .setClinicalStatus(Terminology.coded(CLINICAL, "active"))
        .setVerificationStatus(Terminology.coded(VERIFICATION, "confirmed"))
        .setCode(diagnosis.icd10(chart.chance))
        .setSubject(chart.patient())
        .setRecordedDateElement(chart.dates.write(chart.chance.momentOf(day)));
    chart.add("diagnos", condition);
  }
}
