package se.nhv.fhir.synthetic;

import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;

/** Why a patient comes for advanced pelvic surgery, and what is operated out. */
@SuppressWarnings("ImmutableEnumChecker") // every list is made by List.of
enum AbkDiagnosis implements Diagnosis {
  GYNAECOLOGICAL(
      List.of("gynekologisk"),
      List.of("C531", "C539", "C541", "C519"),
      List.of("LCE00", "LCE10", "LCE20"),
      List.of("LWW96", "LWA00", "LWW97"),
      Terminology.coded(
          Terminology.KVA, "VH235", "SVF livmoderhalscancer - multidisciplinär konferens")),
  COLORECTAL(
      List.of("kolorektal"),
      List.of("C209", "C218", "D375A"),
      List.of("JGB30", "JGB36", "JGB40", "JGB33"),
      List.of("JWF00", "JWC00", "JWE00", "JWW96"),
      Terminology.coded(
          Terminology.KVA, "VB235", "SVF tjock- och ändtarmscancer - multidisciplinär konferens")),
  UROLOGICAL(
      List.of("urologisk"),
      List.of("C670", "C676", "C679"),
      List.of("KCC00", "KCC96"),
      List.of("KWW96", "KWA00", "KWW98"),
      Terminology.coded(
          Terminology.KVA,
          "VK135",
          "SVF cancer i urinblåsan och urinvägarna - multidisciplinär konferens")),
  COLORECTAL_INTO_THE_BLADDER(
      List.of("kolorektal", "urologisk"),
      List.of("C209", "C218"),
      List.of("JGB36", "JGB30"),
      List.of("JWF00", "KWW96"),
      COLORECTAL.conference),
  UNSTATED(
      List.of(),
      List.of("C212", "C210"),
      List.of("JGB30", "JGB96"),
      List.of("JWW96", "JWB00"),
      COLORECTAL.conference);

  /** Parts of a session beside the organ itself. */
  static final List<String> PARTS = List.of("JAL23", "PJD54", "NEK19");

  private final List<String> groups;
  private final List<String> icd10;
  private final List<String> operations;
  private final List<String> reoperations;
  private final CodeableConcept conference;

  AbkDiagnosis(
      List<String> groups,
      List<String> icd10,
      List<String> operations,
      List<String> reoperations,
      CodeableConcept conference) {
    this.groups = groups;
    this.icd10 = icd10;
    this.operations = operations;
    this.reoperations = reoperations;
    this.conference = conference;
  }

  /** A diagnosis as often as a unit meets it; women's only for women. */
  static AbkDiagnosis of(Chart chart) {
    int share = chart.chance.between(1, 100);
    if (share <= 30) {
      return chart.isOfWoman() ? GYNAECOLOGICAL : UROLOGICAL;
    }
    if (share <= 38) {
      return UROLOGICAL;
    }
    if (share <= 43) {
      return COLORECTAL_INTO_THE_BLADDER;
    }
    return share <= 49 ? UNSTATED : COLORECTAL;
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
    return conference.copy();
  }

  /** KVÅ codes of the first operation. */
  List<String> operations() {
    return operations;
  }

  /** KVÅ codes of an operation for what went wrong after it. */
  List<String> reoperations() {
    return reoperations;
  }
}
