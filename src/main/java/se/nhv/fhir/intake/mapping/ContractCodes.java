package se.nhv.fhir.intake.mapping;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeSystem;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.SystemCode;

/**
 * The code systems that the data contract speaks of. Codes of our own systems are known; those of
 * the others (ICD-10-SE, KVÅ, ATC, LOINC, länskod, FHIR's own) cannot be looked up here.
 */
public final class ContractCodes {

  private static final Set<String> OTHERS =
      Set.of(
          "http://hl7.org/fhir/sid/icd-10-se",
          "urn:oid:1.2.752.116.1.3.2.1.4",
          "http://www.whocc.no/atc",
          "http://loinc.org",
          "urn:oid:1.2.752.129.2.2.1.18",
          "http://unitsofmeasure.org");

  private static final List<String> OF_FHIR =
      List.of("http://hl7.org/fhir/", "http://terminology.hl7.org/", "http://hl7.se/fhir/");

  private final Map<String, Set<String>> own = new HashMap<>();

  /** Those of the content. */
  public static ContractCodes of(Content content) {
    return new ContractCodes(content.resources(CodeSystem.class));
  }

  /** Our own are these. */
  public ContractCodes(Collection<CodeSystem> systems) {
    for (CodeSystem system : systems) {
      Set<String> codes = new HashSet<>();
      system.getConcept().forEach(concept -> codes.add(concept.getCode()));
      own.put(system.getUrl(), codes);
    }
  }

  /** Whether the contract knows the system. */
  public boolean knows(String system) {
    return own.containsKey(system)
        || OTHERS.contains(system)
        || (!system.startsWith(Canonicals.ROOT) && OF_FHIR.stream().anyMatch(system::startsWith));
  }

  /** Whether the system is one of ours and has no such code. */
  boolean lacks(SystemCode code) {
    Set<String> codes = own.get(code.system());
    return codes != null && !codes.contains(code.code());
  }
}
