package se.nhv.fhir.content;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import se.nhv.fhir.measure.Canonicals;

/**
 * The codes that a report may hold beside those of its Measure.
 *
 * @param bortfall the reasons for which something is not counted
 * @param strata the values that each stratifier can have, by its code
 */
public record ReportCodes(Set<String> bortfall, Map<String, Set<String>> strata) {

  private static final String STRATIFIER = "fordelning"; // a property of stratumvarde

  /**
   * Those of the code systems {@code bortfall} and {@code stratumvarde}.
   *
   * @throws IllegalStateException if the content lacks one of them
   */
  public static ReportCodes of(Content content) {
    Map<String, Set<String>> strata = new TreeMap<>();
    for (ConceptDefinitionComponent value : concepts(content, "stratumvarde")) {
      for (ConceptPropertyComponent property : value.getProperty()) {
        if (STRATIFIER.equals(property.getCode())) {
          strata
              .computeIfAbsent(property.getValue().primitiveValue(), s -> new TreeSet<>())
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
    String url = Canonicals.codeSystem(id);
    return content.resources(CodeSystem.class).stream()
        .filter(system -> url.equals(system.getUrl()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the content has no " + url))
        .getConcept();
  }
}
