package se.nhv.fhir.intake.quality;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.ConceptMap;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.SystemCode;

/**
 * What the content says of codes: which there are in our code systems and with what properties, and
 * which codes of others are plausible beside them. Immutable.
 */
final class Vocabulary {

  static final String ATGARD = Canonicals.codeSystem("atgard");
  static final String DIAGNOSGRUPP = Canonicals.codeSystem("diagnosgrupp");
  static final String OMRADE = Canonicals.codeSystem("omrade");
  static final String BEGARAN = Canonicals.codeSystem("begaran");
  static final String VARDPLAN = Canonicals.codeSystem("vardplan");
  static final String OBSERVATION = Canonicals.codeSystem("observation");
  static final String SVAR = Canonicals.codeSystem("svar");
  static final String ORGANSKADA = Canonicals.codeSystem("organskada");
  static final String OVERRAPPORTERING = Canonicals.codeSystem("overrapportering");
  static final String REFERRAL = "remiss";
  static final String COUNTY = "urn:oid:1.2.752.129.2.2.1.18";
  private static final String ICD_10_SE = "http://hl7.org/fhir/sid/icd-10-se";
  private static final String OWN = Canonicals.ROOT + "/CodeSystem/";

  private final Map<String, Map<String, ConceptDefinitionComponent>> systems = new HashMap<>();
  private final Set<String> counties = new HashSet<>();
  private final Set<String> countedDiagnoses = new HashSet<>();
  private final Plausibility atgard;
  private final Plausibility diagnosgrupp;

  Vocabulary(Content content) {
    for (CodeSystem system : content.resources(CodeSystem.class)) {
      Map<String, ConceptDefinitionComponent> concepts = new HashMap<>();
      system.getConcept().forEach(it -> concepts.put(it.getCode(), it));
      systems.put(system.getUrl(), concepts);
    }
    content
        .valueSets()
        .byUrl()
        .values()
        .forEach(
            codes -> {
              keep(codes, COUNTY, counties);
              keep(codes, ICD_10_SE, countedDiagnoses);
            });
    List<ConceptMap> maps = content.resources(ConceptMap.class);
    atgard = new Plausibility(maps, ATGARD);
    diagnosgrupp = new Plausibility(maps, DIAGNOSGRUPP);
  }

  private static void keep(Set<SystemCode> codes, String system, Set<String> into) {
    codes.stream()
        .filter(it -> it.system().equals(system))
        .forEach(it -> into.add(Plausibility.withoutDot(it.code())));
  }

  /** Whether it is one of our code systems by its URL, also one that does not exist. */
  static boolean isOwn(String system) {
    return system.startsWith(OWN);
  }

  /** Whether the code is in the code system; never when there is no such code system. */
  boolean has(String system, String code) {
    return systems.getOrDefault(system, Map.of()).containsKey(code);
  }

  /** The values of a property of a code. */
  List<String> property(String system, String code, String property) {
    ConceptDefinitionComponent concept = systems.getOrDefault(system, Map.of()).get(code);
    return concept == null
        ? List.of()
        : concept.getProperty().stream()
            .filter(it -> it.getCode().equals(property))
            .map(it -> it.getValue().primitiveValue())
            .toList();
  }

  /** Whether a property of a code is true. */
  boolean flag(String system, String code, String property) {
    return property(system, code, property).contains("true");
  }

  /** Whether it is one of the länskoder. */
  boolean isCounty(String code) {
    return counties.contains(code);
  }

  /** Whether a Condition with that ICD-10-SE code is counted by a Measure. */
  boolean isCountedDiagnosis(ChartResource.Coded coded) {
    return coded.system().equals(ICD_10_SE)
        && countedDiagnoses.contains(Plausibility.withoutDot(coded.code()));
  }

  /** Which codes of KVÅ and ATC are plausible for which atgard. */
  Plausibility atgard() {
    return atgard;
  }

  /** Which codes of ICD-10-SE are plausible for which diagnosgrupp. */
  Plausibility diagnosgrupp() {
    return diagnosgrupp;
  }
}
