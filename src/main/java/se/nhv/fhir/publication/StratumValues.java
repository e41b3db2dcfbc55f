package se.nhv.fhir.publication;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;

/** What values each stratifier can have, as the code system {@code stratumvarde} says. */
final class StratumValues {

  private static final String SYSTEM = Canonicals.codeSystem("stratumvarde");
  private static final String STRATIFIER = "fordelning";

  private StratumValues() {}

  /**
   * The values by the code of the stratifier.
   *
   * @throws IllegalStateException if the content has no such code system
   */
  static Map<String, Set<String>> of(Content content) {
    CodeSystem values =
        content.resources(CodeSystem.class).stream()
            .filter(system -> SYSTEM.equals(system.getUrl()))
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("the content has no " + SYSTEM));
    Map<String, Set<String>> strata = new TreeMap<>();
    for (ConceptDefinitionComponent value : values.getConcept()) {
      for (ConceptPropertyComponent property : value.getProperty()) {
        if (STRATIFIER.equals(property.getCode())) {
          strata
              .computeIfAbsent(property.getValue().primitiveValue(), s -> new TreeSet<>())
              .add(value.getCode());
        }
      }
    }
    return strata;
  }
}
