package se.nhv.fhir.synthetic;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.jspecify.annotations.Nullable;

/** Why a patient comes: the groups that the MDK states, with ICD-10-SE codes that go with them. */
interface Diagnosis {

  /** Codes of diagnosgrupp; empty if the unit states none. */
  List<String> groups();

  /** Codes of ICD-10-SE, at least one. */
  List<String> icd10();

  /** The KVÅ code of an MDK in the standardised pathway of this disease; null if it has none. */
  @Nullable CodeableConcept pathwayConference();

  /** One CodeableConcept for each group. */
  default List<CodeableConcept> reasons() {
    return groups().stream().map(group -> Terminology.own("diagnosgrupp", group)).toList();
  }

  /** One of the ICD-10-SE codes that go with it. */
  default CodeableConcept icd10(Chance chance) {
    return Terminology.coded(Terminology.ICD_10_SE, chance.oneOf(icd10()));
  }
}
