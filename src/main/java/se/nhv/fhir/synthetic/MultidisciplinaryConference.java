package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.jspecify.annotations.Nullable;

/** The national MDK, where it is decided that the patient's care is under the permit. */
final class MultidisciplinaryConference {

  private MultidisciplinaryConference() {}

  /** Writes the conference of that day; null if the patient's chart does not reach it. */
  static @Nullable Procedure hold(
      Chart chart, LocalDate day, Diagnosis diagnosis, @Nullable ServiceRequest referral) {
    if (!chart.reaches(day)) {
      return null;
    }
    CodeableConcept ofPathway = diagnosis.pathwayConference();
    CodeableConcept code =
        ofPathway != null && chart.chance.happens(0.3)
            ? ofPathway
            : Terminology.coded(Terminology.KVA, "XS008", "Konferens om patient (i)");
    Procedure conference = CodedProcedure.of(chart, diagnosis, code, chart.area.code() + "-mdk");
    conference.setPerformed(chart.dates.write(chart.chance.momentOf(day)));
    if (referral != null && chart.chance.happens(0.75)) {
      conference.addBasedOn(Chart.to(referral));
    }
    return chart.add("mdk", conference);
  }
}
