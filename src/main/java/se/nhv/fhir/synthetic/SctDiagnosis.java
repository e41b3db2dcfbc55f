package se.nhv.fhir.synthetic;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** Why a patient comes for a transplantation of stem cells. */
enum SctDiagnosis implements Diagnosis {
  SYSTEMIC_SCLEROSIS;

  @Override
  public List<String> groups() {
    return List.of("systemisk-skleros");
  }

  @Override
  public List<String> icd10() {
    return List.of("M340", "M340", "M348", "M349");
  }

  @Override
  public @Nullable CodeableConcept pathwayConference() {
    return null;
  }
}
