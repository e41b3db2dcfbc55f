package se.nhv.fhir.reporting.national;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;

/**
 * The codes that a report may hold beside those of its Measure.
 *
 * @param bortfall the reasons for which something is not counted
 * @param strata the values that each stratifier can have, by its code
 */
record ReportCodes(Set<String> bortfall, Map<String, Set<String>> strata) {

  private static final String STRATIFIER = "fordelning"; // a property of stratumvarde

  /** Those of the code systems {@code bortfall} and {@code stratumvarde}. */
  static ReportCodes of(Content content) {
    Map<String, Set<String>> strata = new HashMap<>();
    for (ConceptDefinitionComponent value : concepts(content, "stratumvarde")) {
      for (ConceptPropertyComponent property : value.getProperty()) {
        if (STRATIFIER.equals(property.getCode())) {
          strata
              .computeIfAbsent(property.getValue().primitiveValue(), s -> new HashSet<>())
              .add(value.getCode());
        }
      }
    }
    Set<String> bortfall =
        concepts(content, "bortfall").stream()
            .map(ConceptDefinitionComponent::getCode)
            .collect(Collectors.toSet());
    return new ReportCodes(bortfall, strata);
  }

  private static List<ConceptDefinitionComponent> concepts(Content content, String id) {
    return content.resources(CodeSystem.class).stream()
        .filter(system -> Canonicals.codeSystem(id).equals(system.getUrl()))
        .flatMap(system -> system.getConcept().stream())
        .toList();
  }
}
