package se.nhv.fhir.synthetic;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Why a patient comes for neuroendocrine or adrenal tumours. */
@SuppressWarnings("ImmutableEnumChecker") // every list is made by List.of
enum NetDiagnosis implements Diagnosis {
  GEP_NET(List.of("gep-net"), List.of("C172", "C178", "C254", "D377B", "D137")),
  GEP_NET_WITH_CARCINOID_HEART(List.of("gep-net", "chd"), List.of("C172", "E340")),
  CARCINOID_HEART(List.of("chd"), List.of("E340", "I361")),
  VALVE(List.of("chd-klaffkirurgi"), List.of("I361", "I371")),
  GEP_NET_WITH_VALVE(List.of("gep-net", "chd-klaffkirurgi"), List.of("C172", "I361")),
  ADRENAL(List.of("binjure"), List.of("C740", "C741", "D350", "D441B")),
  GEP_NET_WITH_ADRENAL(List.of("gep-net", "binjure"), List.of("C254", "D448A")),
  UNSTATED(List.of(), List.of("C797", "D377B"));

  private final List<String> groups;
  private final List<String> icd10;

  NetDiagnosis(List<String> groups, List<String> icd10) {
    this.groups = groups;
    this.icd10 = icd10;
  }

  /** A diagnosis as often as a unit meets it; valves only where they are operated on. */
  static NetDiagnosis of(Chance chance, UnitTraits traits) {
    int share = chance.between(1, 100);
    if (share <= 4) {
      return traits.valveSurgery() ? VALVE : CARCINOID_HEART;
    }
    if (share <= 8) {
      return traits.valveSurgery() ? GEP_NET_WITH_VALVE : GEP_NET_WITH_CARCINOID_HEART;
    }
    if (share <= 12) {
      return GEP_NET_WITH_CARCINOID_HEART;
    }
    if (share <= 33) {
      return ADRENAL;
    }
    if (share <= 36) {
      return GEP_NET_WITH_ADRENAL;
    }
    return share <= 40 ? UNSTATED : GEP_NET;
  }

  boolean isGepNet() {
    return groups.contains("gep-net");
  }

  boolean isAdrenal() {
    return groups.contains("binjure");
  }

  boolean isValve() {
    return groups.contains("chd-klaffkirurgi");
  }

  @Override
  public List<String> groups() {
    return groups;
  }

  @Override
  public List<String> icd10() {
    return icd10;
  }

  @Override
  public CodeableConcept pathwayConference() {
    return Terminology.coded(
        Terminology.KVA, "VF435", "SVF neuroendokrina buktumörer - multidisciplinär konferens");
  }
}
