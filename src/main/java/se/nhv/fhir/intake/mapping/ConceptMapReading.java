package se.nhv.fhir.intake.mapping;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupComponent;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupUnmappedComponent;
import org.hl7.fhir.r4.model.ConceptMap.ConceptMapGroupUnmappedMode;
import org.hl7.fhir.r4.model.ConceptMap.SourceElementComponent;
import org.hl7.fhir.r4.model.ConceptMap.TargetElementComponent;
import org.hl7.fhir.r4.model.Enumerations.ConceptMapEquivalence;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.SystemCode;

/**
 * Reads ConceptMaps (FHIR R4, conceptmap.html) into a {@link CodeTable}.
 *
 * <p>A target counts where every case of the local code is a case of it: {@code equal}, {@code
 * equivalent}, {@code wider} and {@code subsumes}. {@code unmatched} and {@code disjoint} say that
 * there is none. The others would count what may not be, and are faults.
 */
final class ConceptMapReading {

  private static final Set<ConceptMapEquivalence> SAFE =
      EnumSet.of(
          ConceptMapEquivalence.EQUAL,
          ConceptMapEquivalence.EQUIVALENT,
          ConceptMapEquivalence.WIDER,
          ConceptMapEquivalence.SUBSUMES);
  private static final Set<ConceptMapEquivalence> NONE =
      EnumSet.of(ConceptMapEquivalence.UNMATCHED, ConceptMapEquivalence.DISJOINT);

  private final CodeTable table;
  private final Faults faults;
  private final @Nullable ContractCodes contract;

  /**
   * For all ConceptMaps of a unit.
   *
   * @param contract by which targets are judged, or null if they have been judged before
   */
  ConceptMapReading(CodeTable table, Faults faults, @Nullable ContractCodes contract) {
    this.table = table;
    this.faults = faults;
    this.contract = contract;
  }

  void read(ConceptMap map, String reference) {
    faults.addIf(
        map.getStatus() != PublicationStatus.ACTIVE,
        "ConceptMap.status",
        "a mapping that is kept is in force",
        "write active, or try it with $map first");
    List<ConceptMapGroupComponent> groups = map.getGroup();
    faults.addIf(groups.isEmpty(), "ConceptMap.group", "it maps nothing", "write a group");
    for (int g = 0; g < groups.size(); g++) {
      read(groups.get(g), "ConceptMap.group[" + g + "]", reference);
    }
  }

  private void read(ConceptMapGroupComponent group, String place, String reference) {
    faults.addIf(
        !group.hasSource(),
        place + ".source",
        "the local code system is missing",
        "write its URI, as the Codings have it in system");
    faults.addIf(
        !group.hasTarget(),
        place + ".target",
        "the code system of the contract is missing",
        "write its URI");
    faults.unsupported(group.hasSourceVersion(), place + ".sourceVersion");
    faults.unsupported(group.hasTargetVersion(), place + ".targetVersion");
    String target = group.hasTarget() ? group.getTarget() : "";
    faults.addIf(
        contract != null && group.hasTarget() && !contract.knows(target),
        place + ".target",
        "the data contract knows no such code system",
        "write the URI of one that it names");
    table.addSource(group.hasSource() ? group.getSource() : "");
    for (int e = 0; e < group.getElement().size(); e++) {
      read(group, group.getElement().get(e), place + ".element[" + e + "]", reference);
    }
    if (group.hasUnmapped()) {
      unmapped(group, group.getUnmapped(), place + ".unmapped", reference);
    }
  }

  private void read(
      ConceptMapGroupComponent group,
      SourceElementComponent element,
      String place,
      String reference) {
    faults.addIf(
        !element.hasCode(), place + ".code", "the local code is missing", "write the code");
    faults.addIf(
        !element.hasTarget(),
        place + ".target",
        "nothing is said of the code",
        "write a target, or one with equivalence unmatched");
    SystemCode from = new SystemCode(text(group.getSource()), text(element.getCode()));
    for (int t = 0; t < element.getTarget().size(); t++) {
      TargetElementComponent target = element.getTarget().get(t);
      String at = place + ".target[" + t + "]";
      faults.unsupported(target.hasDependsOn(), at + ".dependsOn");
      faults.unsupported(target.hasProduct(), at + ".product");
      if (NONE.contains(target.getEquivalence())) {
        table.addWithout(from);
      } else if (SAFE.contains(target.getEquivalence())) {
        SystemCode to = code(group, target.getCode(), at + ".code");
        table.add(from, new CodeTable.Target(to, target.getDisplay(), reference));
      } else {
        faults.add(
            at + ".equivalence",
            "not every case of the local code is a case of the target",
            "write equal, equivalent, wider or subsumes; unmatched if there is none");
      }
    }
  }

  private void unmapped(
      ConceptMapGroupComponent group,
      ConceptMapGroupUnmappedComponent unmapped,
      String place,
      String reference) {
    faults.unsupported(unmapped.hasUrl(), place + ".url");
    if (unmapped.getMode() == ConceptMapGroupUnmappedMode.FIXED) {
      SystemCode to = code(group, unmapped.getCode(), place + ".code");
      table.addOtherwise(
          text(group.getSource()), new CodeTable.Target(to, unmapped.getDisplay(), reference));
    } else if (unmapped.getMode() == ConceptMapGroupUnmappedMode.PROVIDED) {
      table.addSameCode(text(group.getSource()), text(group.getTarget()), reference);
    } else {
      faults.add(
          place + ".mode", "another map is not asked", "write fixed or provided, or leave it out");
    }
  }

  private SystemCode code(ConceptMapGroupComponent group, @Nullable String code, String place) {
    SystemCode target = new SystemCode(text(group.getTarget()), text(code));
    faults.addIf(code == null, place, "the code of the contract is missing", "write it");
    faults.addIf(
        code != null && contract != null && contract.lacks(target),
        place,
        "the system has no such code",
        "write one of its codes");
    return target;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
