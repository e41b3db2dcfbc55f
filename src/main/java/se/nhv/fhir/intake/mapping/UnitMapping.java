package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StructureMap;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.ResourceMapping;
import se.nhv.fhir.measure.SystemCode;

/**
 * All of a unit's ConceptMaps and element rules, ready to map. ConceptMaps act first, then the
 * rules in the order of the StructureMaps' ids and, within each, as they are written, then the
 * ConceptMaps again on what the rules wrote. The order of the resources themselves changes nothing.
 * Immutable; safe for use by many threads at once.
 */
public final class UnitMapping implements ResourceMapping.InForce {

  private final String version;
  private final CodeTable table;
  private final CodeMapping codes;
  private final List<ElementRule> rules;

  private UnitMapping(String version, CodeTable table, List<ElementRule> rules) {
    this.version = version;
    this.table = table;
    this.codes = new CodeMapping(table);
    this.rules = List.copyOf(rules);
  }

  /**
   * Reads a mapping that its writer has just handed in.
   *
   * @param contract by which targets are judged
   * @throws InvalidMappingException with every fault in it
   */
  public static UnitMapping judged(List<MappingResource> resources, ContractCodes contract) {
    return read(resources, contract);
  }

  /**
   * Reads a mapping that was judged when it was handed in.
   *
   * @throws InvalidMappingException with every fault in it
   */
  public static UnitMapping of(List<MappingResource> resources) {
    return read(resources, null);
  }

  private static UnitMapping read(
      List<MappingResource> resources, @Nullable ContractCodes contract) {
    Faults faults = new Faults();
    CodeTable table = new CodeTable();
    List<ElementRule> rules = new ArrayList<>();
    ConceptMapReading conceptMaps = new ConceptMapReading(table, faults, contract);
    StructureMapReading structureMaps = new StructureMapReading(rules, faults, contract != null);
    List<MappingResource> sorted = new ArrayList<>(resources);
    sorted.sort(
        Comparator.comparing(MappingResource::reference).thenComparing(MappingResource::name));
    for (MappingResource each : sorted) {
      faults.of(each.name());
      if (each.resource() instanceof ConceptMap map) {
        conceptMaps.read(map, each.reference());
      } else if (each.resource() instanceof StructureMap map) {
        structureMaps.read(map, each.reference());
      } else {
        faults.add(
            each.resource().fhirType(),
            "this is no part of a mapping",
            "write ConceptMaps and StructureMaps only");
      }
    }
    faults.refuseIfAny();
    return new UnitMapping(MappingVersion.of(resources, rules.size()), table, rules);
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public Resource apply(Resource resource) {
    return map(resource).after();
  }

  /** Maps the resource, which stays as it is, and says how. */
  public MappedResource map(Resource resource) {
    Notes notes = new Notes();
    Resource after = resource.copy();
    codes.apply(after, notes);
    boolean written = false;
    for (ElementRule rule : rules) {
      if (rule.type().equals(resource.fhirType())) {
        rule.apply(after, notes);
        written = true;
      }
    }
    if (written) {
      codes.apply(after, notes);
    }
    boolean changed = notes.anyChange() && !after.equalsDeep(resource);
    return new MappedResource(
        resource, changed ? after : resource, notes.differences(), notes.failures());
  }

  /** The unit's codes and what each maps to. */
  CodeTable table() {
    return table;
  }

  /**
   * Every local code that becomes that code, so that a source can be asked for it.
   *
   * @param resourceType the type whose resources are asked for
   * @param system a code system of the contract
   * @param code a code of it
   * @return the local codes, without the code itself, which a source may have, too; empty if codes
   *     that nobody named may become it, or a rule may write it: then it cannot be asked for
   */
  public Optional<Set<SystemCode>> sourceCodes(String resourceType, String system, String code) {
    SystemCode wanted = new SystemCode(system, code);
    boolean byRule =
        rules.stream().anyMatch(it -> it.type().equals(resourceType) && it.mayWrite(wanted));
    return byRule ? Optional.empty() : table.sourcesOf(wanted);
  }

  /** Whether a rule may write that element of the type: then a source cannot be asked by it. */
  public boolean mayWrite(String resourceType, String element) {
    return rules.stream()
        .anyMatch(it -> it.type().equals(resourceType) && it.target().isUnder(element));
  }
}
