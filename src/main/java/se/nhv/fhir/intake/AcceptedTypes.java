package se.nhv.fhir.intake;

import java.util.List;

/** The resource types that a hospital's data may hold, as the data contract names them. */
public final class AcceptedTypes {

  /** Every accepted type: Patient first, then the rest; Organization is the only one of nobody. */
  public static final List<String> ALL =
      List.of(
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
          "Organization");

  private AcceptedTypes() {}

  /** Whether resources of that type are taken in. */
  public static boolean contains(String type) {
    return ALL.contains(type);
  }

  /** Whether a resource of that accepted type is about a Patient, itself included. */
  public static boolean hasSubject(String type) {
    return !type.equals("Organization");
  }
}
