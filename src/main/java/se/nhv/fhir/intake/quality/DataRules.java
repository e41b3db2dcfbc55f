package se.nhv.fhir.intake.quality;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionDesignationComponent;
import org.hl7.fhir.r4.model.CodeSystem.ConceptPropertyComponent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;

/** Every rule of the data contract, from the content. Immutable. */
public final class DataRules {

  /** The code system of the rules. */
  public static final String SYSTEM = Canonicals.codeSystem("datafel");

  private final Map<String, DataRule> rules = new TreeMap<>();

  /**
   * The rules of that content.
   *
   * @throws IllegalArgumentException if a rule has no severity or remedy
   */
  public static DataRules of(Content content) {
    DataRules rules = new DataRules();
    content.resources(CodeSystem.class).stream()
        .filter(it -> it.getUrl().equals(SYSTEM))
        .flatMap(it -> it.getConcept().stream())
        .map(DataRules::rule)
        .forEach(rule -> rules.rules.put(rule.code(), rule));
    return rules;
  }

  private DataRules() {}

  /** All of them, by code. */
  public Collection<DataRule> all() {
    return rules.values();
  }

  /**
   * The rule with that code.
   *
   * @throws IllegalArgumentException if there is none
   */
  public DataRule of(String code) {
    DataRule rule = rules.get(code);
    if (rule == null) {
      throw new IllegalArgumentException("the code system " + SYSTEM + " has no code " + code);
    }
    return rule;
  }

  private static DataRule rule(ConceptDefinitionComponent concept) {
    String english =
        concept.getDesignation().stream()
            .filter(it -> "en".equals(it.getLanguage()))
            .map(ConceptDefinitionDesignationComponent::getValue)
            .findFirst()
            .orElse(concept.getDisplay());
    return new DataRule(
        concept.getCode(),
        property(concept, "allvar").equals("error") ? Severity.ERROR : Severity.WARNING,
        new DataRule.Words(concept.getDisplay(), concept.getDefinition(), property(concept, "rad")),
        new DataRule.Words(
            english, property(concept, "definition-en"), property(concept, "rad-en")));
  }

  private static String property(ConceptDefinitionComponent concept, String name) {
    return concept.getProperty().stream()
        .filter(it -> name.equals(it.getCode()))
        .map(ConceptPropertyComponent::getValue)
        .map(it -> it.primitiveValue())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    SYSTEM + "#" + concept.getCode() + " has no property " + name));
  }
}
