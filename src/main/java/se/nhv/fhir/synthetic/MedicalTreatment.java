package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Procedure;

/** Oncological or endocrine treatment under the permit, started at a visit. */
final class MedicalTreatment {

  private static final List<String> MEDICINES = List.of("H01CB02", "H01CB03", "L01AA01");

  private MedicalTreatment() {}

  /** Writes the treatment and its visit; the chart must reach the day. */
  static HospitalStay start(Chart chart, LocalDate day, NetDiagnosis diagnosis) {
    HospitalStay visit = HospitalStay.inpatient(chart, day, 0);
    String medicine = diagnosis == NetDiagnosis.ADRENAL ? "L01XX23" : chart.chance.oneOf(MEDICINES);
    Procedure treatment =
        CodedProcedure.of(
            chart,
            diagnosis,
            Terminology.coded(Terminology.ATC, medicine),
            "net-medicinsk-behandling");
    treatment
        .setEncounter(visit.reference())
        .setPerformed(chart.dates.write(day.atTime(chart.chance.between(9, 15), 0)));
    chart.add("medicin", treatment);
    return visit;
  }
}
