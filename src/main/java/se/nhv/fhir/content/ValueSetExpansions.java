package se.nhv.fhir.content;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.ValueSet;
import org.hl7.fhir.r4.model.ValueSet.ConceptSetComponent;
import org.hl7.fhir.r4.model.ValueSet.ValueSetExpansionContainsComponent;
import se.nhv.fhir.measure.SystemCode;

/**
 * The codes of every value set, from its expansion. A value set that is not expanded here does not
 * exist for an evaluation, and naming it is a fault of the content.
 *
 * @param byUrl the codes of each value set by its canonical URL, in the order of the expansion
 */
public record ValueSetExpansions(Map<String, Set<SystemCode>> byUrl) {

  /** Copies the map. */
  public ValueSetExpansions {
    byUrl = Map.copyOf(byUrl);
  }

  /**
   * The codes of the value set.
   *
   * @throws IllegalArgumentException if there is none, or it is not expanded
   */
  public Set<SystemCode> of(String url) {
    Set<SystemCode> codes = byUrl.get(url);
    if (codes == null) {
      throw new IllegalArgumentException("there is no expanded value set " + url);
    }
    return codes;
  }

  static ValueSetExpansions read(List<ValueSet> valueSets, List<ContentFault> faults) {
    Map<String, Set<SystemCode>> byUrl = new HashMap<>();
    for (ValueSet valueSet : valueSets) {
      Set<SystemCode> codes = new LinkedHashSet<>();
      for (ValueSetExpansionContainsComponent c : valueSet.getExpansion().getContains()) {
        codes.add(new SystemCode(c.getSystem(), c.getCode()));
      }
      if (!codes.isEmpty()) {
        byUrl.put(valueSet.getUrl(), codes);
        if (!codes.equals(composed(valueSet, codes))) {
          String problem = "the expansion does not hold the same codes as compose";
          faults.add(
              new ContentFault(ResourceReader.path(valueSet), "ValueSet.expansion", problem));
        }
      }
    }
    return new ValueSetExpansions(byUrl);
  }

  /** What compose enumerates; a compose without enumerated concepts is taken at its expansion. */
  private static Set<SystemCode> composed(ValueSet valueSet, Set<SystemCode> expansion) {
    Set<SystemCode> codes = new LinkedHashSet<>();
    for (ConceptSetComponent include : valueSet.getCompose().getInclude()) {
      if (!include.hasConcept()) {
        return expansion;
      }
      include
          .getConcept()
          .forEach(c -> codes.add(new SystemCode(include.getSystem(), c.getCode())));
    }
    return codes;
  }
}
