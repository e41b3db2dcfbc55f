package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.context.support.ValidationSupportContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.ProfileFiles;

/** Elements out of base order fall out of a snapshot without a word; here they are missed. */
class ProfileSnapshotTest {

  private static final IValidationSupport SUPPORT =
      ConformanceSupport.of(ProfileFiles.CONTEXT, ProfileFiles.structureDefinitions());

  static List<StructureDefinition> definitions() {
    return ProfileFiles.structureDefinitions();
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void everyElementOfTheDifferentialStandsInTheSnapshot(StructureDefinition definition) {
    assertThat(lost(definition)).isEmpty();
  }

  @Test
  void anElementOutOfOrderIsMissed() {
    StructureDefinition patient =
        definitions().stream()
            .filter(d -> d.getIdPart().equals("patient"))
            .findFirst()
            .orElseThrow();
    Collections.reverse(patient.getDifferential().getElement());
    assertThat(lost(patient)).isNotEmpty();
  }

  private static List<String> lost(StructureDefinition definition) {
    StructureDefinition whole =
        (StructureDefinition)
            SUPPORT.generateSnapshot(
                new ValidationSupportContext(SUPPORT), definition.copy(), null, null, null);
    List<String> lost = new ArrayList<>();
    for (ElementDefinition element : definition.getDifferential().getElement()) {
      Optional<ElementDefinition> kept =
          whole == null
              ? Optional.empty()
              : whole.getSnapshot().getElement().stream()
                  .filter(candidate -> candidate.getId().equals(element.getId()))
                  .findFirst();
      if (kept.isEmpty() || !keeps(kept.get(), element)) {
        lost.add(element.getId());
      }
    }
    return lost;
  }

  private static boolean keeps(ElementDefinition kept, ElementDefinition element) {
    return (!element.hasMin() || kept.getMin() == element.getMin())
        && (!element.hasMax() || element.getMax().equals(kept.getMax()))
        && (!element.hasBinding()
            || element.getBinding().getValueSet().equals(kept.getBinding().getValueSet()))
        && (!element.hasFixed() || element.getFixed().equalsDeep(kept.getFixed()))
        && element.getType().stream()
            .allMatch(type -> kept.getType().stream().anyMatch(type::equalsDeep))
        && kept.getConstraint().stream()
            .map(ElementDefinitionConstraintComponent::getKey)
            .toList()
            .containsAll(
                element.getConstraint().stream()
                    .map(ElementDefinitionConstraintComponent::getKey)
                    .toList());
  }
}
