package se.nhv.fhir.intake.mapping;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.SystemCode;

/**
 * Counts the codes that the criteria will not understand: those of a system that a ConceptMap maps
 * from, without a target; and those of systems that the contract does not know. A code of which a
 * ConceptMap says that it has no target is settled, and is not among them. For one thread.
 */
public final class UnmappedCodes {

  /**
   * A code and how often it stands there.
   *
   * @param type the resource type
   * @param element the path to it, without positions in lists
   * @param code the system and code
   * @param count in how many places
   */
  public record Row(String type, String element, SystemCode code, long count) {}

  private record Place(String type, String element, SystemCode code) {}

  private final UnitMapping mapping;
  private final ContractCodes contract;
  private final Map<Place, Long> counts = new HashMap<>();
  private final Map<MappedResource.Failure, Long> failures = new HashMap<>();

  /** For resources that this mapping maps. */
  public UnmappedCodes(UnitMapping mapping, ContractCodes contract) {
    this.mapping = mapping;
    this.contract = contract;
  }

  /** Counts what is left of a resource that was mapped. */
  public void add(MappedResource mapped) {
    Resource resource = mapped.after();
    CodingWalk.of(
        resource,
        new CodingWalk.Visitor() {
          @Override
          public void concept(String path, CodeableConcept concept) {
            concept.getCoding().forEach(it -> count(path, it));
          }

          @Override
          public void lone(String path, Coding coding) {
            count(path, coding);
          }

          private void count(String path, Coding coding) {
            SystemCode code = CodeMapping.code(coding);
            if (isUnmapped(code)) {
              String element = path.replaceAll("\\[[0-9]+]", "");
              counts.merge(new Place(resource.fhirType(), element, code), 1L, Long::sum);
            }
          }
        });
    mapped.failures().forEach(it -> failures.merge(it, 1L, Long::sum));
  }

  private boolean isUnmapped(SystemCode code) {
    return !code.code().isEmpty()
        && !contract.knows(code.system())
        && !mapping.table().isSettled(code);
  }

  /** The most frequent first. */
  public List<Row> rows() {
    return counts.entrySet().stream()
        .map(
            it ->
                new Row(
                    it.getKey().type(), it.getKey().element(), it.getKey().code(), it.getValue()))
        .sorted(
            Comparator.comparingLong(Row::count)
                .reversed()
                .thenComparing(Row::type)
                .thenComparing(Row::element)
                .thenComparing(Row::code))
        .toList();
  }

  /** Rules that could not do what they say, and for how many resources. */
  public Map<MappedResource.Failure, Long> failures() {
    return Map.copyOf(failures);
  }
}
