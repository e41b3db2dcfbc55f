package se.nhv.fhir.intake.quality;

import java.util.Map;
import java.util.Set;

/** Which status of a resource lets it count, and which says that it is still to come. */
final class CountedStatus {

  private static final Map<String, Set<String>> COUNTED =
      Map.of(
          "Procedure", Set.of("completed"),
          "ServiceRequest", Set.of("active", "completed"),
          "CarePlan", Set.of("active", "on-hold", "completed"),
          "Observation", Set.of("final", "amended", "corrected"),
          "QuestionnaireResponse", Set.of("completed", "amended"),
          "DocumentReference", Set.of("current"),
          "Communication", Set.of("completed"));
  private static final Set<String> NOT_A_STAY =
      Set.of("planned", "cancelled", "entered-in-error", "unknown", "");
  private static final Map<String, Set<String>> PENDING =
      Map.of(
          "Procedure", Set.of("preparation", "in-progress", "on-hold", "unknown"),
          "ServiceRequest", Set.of("draft", "on-hold", "unknown"),
          "CarePlan", Set.of("draft", "unknown"),
          "Observation", Set.of("registered", "preliminary", "unknown"),
          "QuestionnaireResponse", Set.of("in-progress"),
          "Communication", Set.of("preparation", "in-progress", "on-hold", "unknown"),
          "Encounter", Set.of("planned", "unknown"));

  private CountedStatus() {}

  /** Whether the status lets the resource count. */
  static boolean counts(ChartResource resource) {
    if (resource.type().equals("Encounter")) {
      return !NOT_A_STAY.contains(resource.status());
    }
    Set<String> counted = COUNTED.get(resource.type());
    return counted == null || counted.contains(resource.status());
  }

  /** Whether the status says that what it tells of is still to come, or nothing. */
  static boolean isPending(ChartResource resource) {
    return PENDING.getOrDefault(resource.type(), Set.of()).contains(resource.status());
  }
}
