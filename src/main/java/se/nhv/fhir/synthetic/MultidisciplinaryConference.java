package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** The national MDK, where it is decided that the patient's care is under the permit. */
final class MultidisciplinaryConference {

  private MultidisciplinaryConference() {}

  /** Writes the conference of that day, if the patient's chart reaches it. */
  static void hold(
      Chart chart, LocalDate day, Diagnosis diagnosis, @Nullable ServiceRequest referral) {
    if (!chart.reaches(day)) {
      return;
    }
    CodeableConcept code =
        chart.chance.happens(0.3)
            ? Terminology.coded(
                Terminology.KVA,
                "VF435",
                "SVF neuroendokrina buktumörer - multidisciplinär konferens")
            : Terminology.coded(Terminology.KVA, "XS008", "Konferens om patient (i)");
    Procedure conference = CodedProcedure.of(chart, diagnosis, code, "net-mdk");
    conference.setPerformed(chart.dates.write(chart.chance.momentOf(day)));
    if (referral != null && chart.chance.happens(0.75)) {
      conference.addBasedOn(Chart.to(referral));
    }
    chart.add("mdk", conference);
  }
}
