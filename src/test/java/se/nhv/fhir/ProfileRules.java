package se.nhv.fhir;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.hl7.fhir.r4.model.ElementDefinition;
import org.hl7.fhir.r4.model.ElementDefinition.ElementDefinitionConstraintComponent;
import org.hl7.fhir.r4.model.ElementDefinition.TypeRefComponent;
import org.hl7.fhir.r4.model.Enumerations.BindingStrength;
import org.hl7.fhir.r4.model.StructureDefinition;

/**
 * The rules that a profile adds to FHIR, each with a name: {@code patient#Patient.gender min},
 * {@code patient#nhv-patient-lan}. What only gives a slice or an extension its shape is no rule.
 */
final class ProfileRules {

  private ProfileRules() {}

  static Set<String> of(StructureDefinition definition) {
    Set<String> rules = new TreeSet<>();
    for (ElementDefinition element : definition.getDifferential().getElement()) {
      element.getConstraint().stream()
          .map(ElementDefinitionConstraintComponent::getKey)
          .forEach(key -> rules.add(definition.getIdPart() + "#" + key));
      if (!isShape(definition, element)) {
        kinds(definition, element)
            .forEach(
                kind -> rules.add(definition.getIdPart() + "#" + element.getId() + " " + kind));
      }
    }
    return rules;
  }

  private static List<String> kinds(StructureDefinition definition, ElementDefinition element) {
    List<String> kinds = new ArrayList<>();
    if (element.hasMin() && element.getMin() > 0) {
      kinds.add("min");
    }
    if (element.hasMax() && !element.getMax().equals("*")) {
      kinds.add("max");
    }
    if (element.getType().stream().anyMatch(type -> restricts(definition, element, type))) {
      kinds.add("type");
    }
    if (element.hasFixed() || element.hasPattern()) {
      kinds.add("fixed");
    }
    if (element.getBinding().getStrength() == BindingStrength.REQUIRED) {
      kinds.add("binding");
    }
    return kinds;
  }

  private static boolean restricts(
      StructureDefinition definition, ElementDefinition element, TypeRefComponent type) {
    return type.hasTargetProfile()
        || element.getPath().endsWith("[x]")
        || definition.getType().equals("Extension");
  }

  private static boolean isShape(StructureDefinition definition, ElementDefinition element) {
    String id = element.getId();
    if (definition.getType().equals("Extension")) {
      return id.endsWith(".url")
          || id.endsWith(".extension")
          || (id.equals("Extension.value[x]") && "0".equals(element.getMax()));
    }
    // The discriminator of a slice: what does not fit it is outside the slice, not against it.
    return id.matches(".*identifier:[^.]+\\.system");
  }
}
