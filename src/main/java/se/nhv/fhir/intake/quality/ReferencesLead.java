package se.nhv.fhir.intake.quality;

import java.util.List;
import java.util.Map;
import se.nhv.fhir.intake.AcceptedTypes;

/** Every reference that the contract follows is there where it must be, and leads to something. */
final class ReferencesLead implements Rule {

  static final String DANGLING = "referens-saknas";
  static final String LEFT_OUT = "referens-utelamnad";

  private static final Map<String, List<String>> FOLLOWED =
      Map.of(
          "Procedure", List.of("basedOn", "partOf", "encounter"),
          "Encounter", List.of("basedOn"),
          "CarePlan", List.of("encounter"),
          "Observation", List.of("partOf", "basedOn"),
          "QuestionnaireResponse", List.of("basedOn"),
          "DocumentReference", List.of("context.encounter"),
          "Communication", List.of("encounter"));

  private final Vocabulary vocabulary;
  private final DatedElements elements;

  ReferencesLead(Vocabulary vocabulary, DatedElements elements) {
    this.vocabulary = vocabulary;
    this.elements = elements;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource resource : chart.all()) {
      for (String element : FOLLOWED.getOrDefault(resource.type(), List.of())) {
        List<String> references = resource.references(element.split("\\.", -1));
        if (references.stream().anyMatch(it -> isDangling(chart, it))) {
          findings.add(DANGLING, resource, resource.element(element));
        } else if (references.isEmpty() && isNeeded(chart, resource, element)) {
          findings.add(LEFT_OUT, resource, resource.element(element));
        }
      }
    }
  }

  /** A reference to what this adapter does not take in cannot be followed, and need not be. */
  private static boolean isDangling(Chart chart, String reference) {
    String relative = ChartResource.relative(reference);
    String type = relative.replaceFirst("/.*$", "");
    return reference.isEmpty() || (AcceptedTypes.contains(type) && chart.find(reference).isEmpty());
  }

  private boolean isNeeded(Chart chart, ChartResource resource, String element) {
    if (!CountedStatus.counts(resource) || elements.of(chart, resource).isEmpty()) {
      return false;
    }
    return switch (resource.type()) {
      case "QuestionnaireResponse", "DocumentReference", "Communication" -> true;
      case "Observation" ->
          element.equals("partOf")
              && resource.codes("code", Vocabulary.OBSERVATION).stream()
                  .anyMatch(it -> vocabulary.flag(Vocabulary.OBSERVATION, it, "del-av"));
      default -> false;
    };
  }
}
