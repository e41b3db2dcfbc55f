package se.nhv.fhir.synthetic;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** Why a patient comes for adrenocortical cancer; a few turn out to have another tumour. */
@SuppressWarnings("ImmutableEnumChecker") // every list is made by List.of
enum BbcDiagnosis implements Diagnosis {
  ADRENOCORTICAL_CANCER(List.of("C740", "C740", "C740", "C74.0")),
  OTHER(List.of("D441A", "C749"));

  private final List<String> icd10;

  BbcDiagnosis(List<String> icd10) {
    this.icd10 = icd10;
  }

  /** A diagnosis as often as a unit meets it. */
  static BbcDiagnosis of(Chance chance) {
    return chance.happens(0.9) ? ADRENOCORTICAL_CANCER : OTHER;
  }

  @Override
  public List<String> groups() {
    return List.of("binjurebarkscancer");
  }

  @Override
  public List<String> icd10() {
    return icd10;
  }

  @Override
  public @Nullable CodeableConcept pathwayConference() {
    return null;
  }
}
