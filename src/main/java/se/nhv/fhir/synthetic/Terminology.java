package se.nhv.fhir.synthetic;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import se.nhv.fhir.measure.Canonicals;

/** The codes of the data contract, as FHIR writes them; a new object at each call. */
final class Terminology {

  static final String KVA = "urn:oid:1.2.752.116.1.3.2.1.4";
  static final String ICD_10_SE = "http://hl7.org/fhir/sid/icd-10-se";
  static final String ATC = "http://www.whocc.no/atc";
  static final String COUNTY = "urn:oid:1.2.752.129.2.2.1.18";
  static final String LOINC = "http://loinc.org";
  static final String UCUM = "http://unitsofmeasure.org";
  static final String SNOMED_CT = "http://snomed.info/sct";
  static final String SECURITY_LABEL = "http://hl7.se/fhir/ig/base/CodeSystem/SecurityLabel";

  private Terminology() {}

  /** Marks a resource as test data: ActReason HTEST. */
  static Coding testData() {
    return new Coding(
        "http://terminology.hl7.org/CodeSystem/v3-ActReason", "HTEST", "test health data");
  }

  /** A code of one of the code systems that the data contract defines. */
  static CodeableConcept own(String codeSystem, String code) {
    return coded(Canonicals.codeSystem(codeSystem), code);
  }

  static CodeableConcept coded(String system, String code) {
    return new CodeableConcept().addCoding(new Coding().setSystem(system).setCode(code));
  }

  static CodeableConcept coded(String system, String code, String display) {
    return new CodeableConcept().addCoding(new Coding(system, code, display));
  }

  /** A class of Encounter. */
  static Coding encounterClass(String code) {
    return new Coding().setSystem("http://terminology.hl7.org/CodeSystem/v3-ActCode").setCode(code);
  }
}
