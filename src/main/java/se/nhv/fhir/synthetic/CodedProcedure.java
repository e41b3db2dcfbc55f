package se.nhv.fhir.synthetic;

import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

/** A Procedure with what every Procedure under the permit has; the rest is its kind's own. */
final class CodedProcedure {

  private CodedProcedure() {}

  /** A completed Procedure without category. */
  static Procedure of(Chart chart, Diagnosis diagnosis, CodeableConcept code) {
    Procedure procedure = new Procedure();
    procedure.setStatus(ProcedureStatus.COMPLETED).setSubject(chart.patient()).setCode(code);
    diagnosis.reasons().forEach(procedure::addReasonCode);
    return procedure;
  }

  /** A completed Procedure of that kind (atgard). */
  static Procedure of(Chart chart, Diagnosis diagnosis, CodeableConcept code, String atgard) {
    return of(chart, diagnosis, code).setCategory(Terminology.own("atgard", atgard));
  }
}
