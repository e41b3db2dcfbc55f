package se.nhv.fhir.intake.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;

/**
 * Which codes of others go with which codes of one of our systems, from the ConceptMaps of the
 * content. Of a code that no map names there is no opinion. Immutable.
 */
final class Plausibility {

  private final Map<String, Set<String>> plausible = new HashMap<>();
  private final Map<String, Set<String>> suggested = new HashMap<>();

  Plausibility(List<ConceptMap> maps, String target) {
    for (ConceptMap map : maps) {
      for (ConceptMapGroupComponent group : map.getGroup()) {
        if (target.equals(group.getTarget())) {
          group.getElement().forEach(it -> add(group.getSource(), it));
        }
      }
    }
  }

  private void add(String system, SourceElementComponent element) {
    String key = key(system, element.getCode());
    plausible.computeIfAbsent(key, k -> new HashSet<>());
    element.getTarget().stream()
        .filter(it -> it.hasCode())
        .forEach(
            it -> {
              plausible.computeIfAbsent(key, k -> new HashSet<>()).add(it.getCode());
              if (it.getEquivalence() == ConceptMapEquivalence.WIDER) {
                suggested.computeIfAbsent(key, k -> new HashSet<>()).add(it.getCode());
              }
            });
  }

  /** Whether a map says anything of the code. */
  boolean knows(ChartResource.Coded coded) {
    return plausible.containsKey(key(coded.system(), coded.code()));
  }

  /** The codes beside which it is plausible. */
  Set<String> targets(ChartResource.Coded coded) {
    return plausible.getOrDefault(key(coded.system(), coded.code()), Set.of());
  }

  /** The codes that it suggests even alone. */
  Set<String> suggests(ChartResource.Coded coded) {
    return suggested.getOrDefault(key(coded.system(), coded.code()), Set.of());
  }

  /** An ICD code is written with or without its dot. */
  static String withoutDot(String code) {
    return code.replace(".", "");
  }

  private static String key(String system, String code) {
    return system + "|" + withoutDot(code);
  }
}
