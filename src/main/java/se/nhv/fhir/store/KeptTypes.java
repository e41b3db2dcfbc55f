package se.nhv.fhir.store;

import java.util.Set;
import java.util.TreeSet;

/** The resource types that one store keeps; every other one is refused before any SQL. */
record KeptTypes(String store, Set<String> types) {

  static final KeptTypes INTAKE =
      new KeptTypes(
          "intake",
          Set.of(
              "Patient",
              "Encounter",
              "Procedure",
              "ServiceRequest",
              "CarePlan",
              "Observation",
              "QuestionnaireResponse",
              "Condition",
              "DocumentReference",
              "Communication",
              "Organization",
              // what a unit says of its codes
              "ConceptMap",
              "StructureMap",
              // what the intake itself notes of data and runs
              "DetectedIssue",
              "Task",
              "Endpoint",
              "Basic",
              // who met any of it
              "AuditEvent"));

  /** None of them is a patient's. */
  static final KeptTypes REPORT =
      new KeptTypes(
          "report",
          Set.of(
              "MeasureReport",
              "Measure",
              "Library",
              "ValueSet",
              "CodeSystem",
              "StructureDefinition",
              "Organization",
              "Task",
              "Provenance",
              "AuditEvent"));

  void require(String type) {
    if (!types.contains(type)) {
      throw new TypeRefusedException(type, this);
    }
  }

  String listed() {
    return String.join(", ", new TreeSet<>(types));
  }
}
