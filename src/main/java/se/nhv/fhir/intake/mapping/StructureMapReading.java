package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.StructureMap;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupInputComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleSourceComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapGroupRuleTargetComponent;
import org.hl7.fhir.r4.model.StructureMap.StructureMapInputMode;
import org.hl7.fhir.r4.model.StructureMap.StructureMapTransform;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;

/**
 * Reads the element rules of StructureMaps (FHIR R4, structuremap.html). The subset: a group is for
 * one resource type (its inputs, source and target alike); a rule has one source (context, a
 * condition, and for copy an element with a variable) and targets with an element and one of the
 * transforms evaluate, copy, cc and c.
 */
final class StructureMapReading {

  private final List<ElementRule> rules;
  private final Faults faults;
  private final boolean judge;

  /**
   * Adds rules to a list.
   *
   * @param judge whether names and types in expressions are checked, too
   */
  StructureMapReading(List<ElementRule> rules, Faults faults, boolean judge) {
    this.rules = rules;
    this.faults = faults;
    this.judge = judge;
  }

  void read(StructureMap map, String reference) {
    faults.addIf(
        map.getStatus() != PublicationStatus.ACTIVE,
        "StructureMap.status",
        "a mapping that is kept is in force",
        "write active, or try it with $map first");
    faults.unsupported(map.hasImport(), "StructureMap.import");
    for (int g = 0; g < map.getGroup().size(); g++) {
      read(map.getGroup().get(g), "StructureMap.group[" + g + "]", reference);
    }
  }

  private void read(StructureMapGroupComponent group, String place, String reference) {
    faults.unsupported(group.hasExtends(), place + ".extends");
    String type = null;
    for (int i = 0; i < group.getInput().size(); i++) {
      StructureMapGroupInputComponent input = group.getInput().get(i);
      String given = input.hasType() ? input.getType() : "";
      faults.addIf(
          !AcceptedTypes.contains(given) || (type != null && !type.equals(given)),
          place + ".input[" + i + "].type",
          "the rules of a group are for one resource type of the data contract",
          "write it at every input: one of " + String.join(", ", AcceptedTypes.ALL));
      type = AcceptedTypes.contains(given) ? given : type;
    }
    if (type != null) {
      for (int r = 0; r < group.getRule().size(); r++) {
        String name = reference + "#" + group.getName() + "." + group.getRule().get(r).getName();
        read(group, group.getRule().get(r), type, place + ".rule[" + r + "]", name);
      }
    }
  }

  private void read(
      StructureMapGroupComponent group,
      StructureMapGroupRuleComponent rule,
      String type,
      String place,
      String name) {
    faults.unsupported(rule.hasRule(), place + ".rule");
    faults.unsupported(rule.hasDependent(), place + ".dependent");
    faults.addIf(
        rule.getSource().size() != 1,
        place + ".source",
        "a rule has one source",
        "write one rule for each");
    StructureMapGroupRuleSourceComponent source = rule.getSourceFirstRep();
    checkSource(group, source, place + ".source[0]");
    ExpressionNode condition = null;
    if (source.hasCondition()) {
      String at = place + ".source[0].condition";
      condition = expression(source.getCondition(), type, List.of("boolean"), at);
    }
    for (int t = 0; t < rule.getTarget().size(); t++) {
      String at = place + ".target[" + t + "]";
      target(group, rule.getTarget().get(t), source, type, condition, at, name);
    }
  }

  private void checkSource(
      StructureMapGroupComponent group, StructureMapGroupRuleSourceComponent source, String place) {
    faults.addIf(
        !isInput(group, source.getContext(), StructureMapInputMode.SOURCE),
        place + ".context",
        "it names no input of mode source",
        "write the name of the group's source");
    faults.unsupported(source.hasMin() || source.hasMax(), place + ".min");
    faults.unsupported(source.hasType(), place + ".type");
    faults.unsupported(source.hasDefaultValue(), place + ".defaultValue");
    faults.unsupported(source.hasListMode(), place + ".listMode");
    faults.unsupported(source.hasCheck(), place + ".check");
    faults.unsupported(source.hasLogMessage(), place + ".logMessage");
  }

  private void target(
      StructureMapGroupComponent group,
      StructureMapGroupRuleTargetComponent target,
      StructureMapGroupRuleSourceComponent source,
      String type,
      @Nullable ExpressionNode condition,
      String place,
      String name) {
    faults.addIf(
        !isInput(group, target.getContext(), StructureMapInputMode.TARGET),
        place + ".context",
        "it names no input of mode target",
        "write the name of the group's target");
    faults.unsupported(target.hasVariable(), place + ".variable");
    faults.unsupported(target.hasListMode(), place + ".listMode");
    faults.unsupported(target.hasListRuleId(), place + ".listRuleId");
    ElementPath path = path(target.getElement(), type, place + ".element");
    Transform transform = new Transform(target, source, place);
    Base constant = transform.constant();
    String text = constant == null ? transform.expression() : null;
    if (path != null && constant != null) {
      String given = constant.fhirType();
      faults.addIf(
          !TypedValue.fits(given, path.type()),
          place + ".transform",
          given + " cannot be written to an element of type " + path.type(),
          "use the transform of that type");
      rules.add(new ElementRule(name, type, condition, path, null, constant));
    } else if (path != null && text != null) {
      List<String> wanted = List.of(path.type());
      ExpressionNode expression = expression(text, type, wanted, place + ".parameter");
      rules.add(new ElementRule(name, type, condition, path, expression, null));
    }
  }

  private static boolean isInput(
      StructureMapGroupComponent group, @Nullable String name, StructureMapInputMode mode) {
    return group.getInput().stream()
        .anyMatch(it -> it.getMode() == mode && it.getName() != null && it.getName().equals(name));
  }

  private @Nullable ElementPath path(@Nullable String text, String type, String place) {
    try {
      return ElementPath.of(type, text == null ? "" : text);
    } catch (FhirPaths.RefusedException e) {
      faults.add(
          place,
          "this is no element that can be written: " + e.getMessage(),
          "write a path such as category, performedDateTime or extension('url').valueDateTime");
      return null;
    }
  }

  private @Nullable ExpressionNode expression(
      String text, String type, List<String> wanted, String place) {
    try {
      ExpressionNode node = FhirPaths.parse(text);
      Set<String> types = judge ? FhirPaths.types(type, node) : Set.of();
      boolean fits =
          types.isEmpty()
              || types.stream().anyMatch(it -> wanted.stream().anyMatch(w -> fits(it, w)));
      faults.addIf(
          !fits,
          place,
          "the expression does not give " + String.join(" or ", wanted),
          "let it end in a value of that type, a condition in exists() or a comparison");
      return node;
    } catch (FhirPaths.RefusedException e) {
      faults.add(place, "the FHIRPath cannot be taken: " + e.getMessage(), "correct it");
      return null;
    }
  }

  private static boolean fits(String given, String wanted) {
    boolean isCondition = wanted.equals("boolean");
    return isCondition ? given.endsWith("oolean") : TypedValue.fits(given, wanted);
  }

  /** The transform of one target. */
  private final class Transform {

    private final StructureMapGroupRuleTargetComponent target;
    private final StructureMapGroupRuleSourceComponent source;
    private final String place;
    private final List<String> parameters = new ArrayList<>();

    Transform(
        StructureMapGroupRuleTargetComponent target,
        StructureMapGroupRuleSourceComponent source,
        String place) {
      this.target = target;
      this.source = source;
      this.place = place;
      target
          .getParameter()
          .forEach(it -> parameters.add(String.valueOf(it.getValue().primitiveValue())));
    }

    /** What cc and c make; null for the other transforms. */
    @Nullable Base constant() {
      boolean concept = target.getTransform() == StructureMapTransform.CC;
      if (!concept && target.getTransform() != StructureMapTransform.C) {
        return null;
      }
      if (parameters.size() < 2 || parameters.size() > 3) {
        faults.add(
            place + ".parameter", "cc and c take system and code", "write them, and a display");
        return null;
      }
      String display = parameters.size() == 3 ? parameters.get(2) : null;
      Coding coding = new Coding(parameters.get(0), parameters.get(1), display);
      return concept ? new CodeableConcept(coding) : coding;
    }

    /** The FHIRPath of evaluate and copy; null for the other transforms and after a fault. */
    @Nullable String expression() {
      StructureMapTransform transform = target.getTransform();
      if (transform == StructureMapTransform.EVALUATE) {
        boolean two = parameters.size() == 2 && parameters.get(0).equals(source.getContext());
        if (parameters.size() == 1 || two) {
          return parameters.get(parameters.size() - 1);
        }
        faults.add(
            place + ".parameter",
            "evaluate takes one FHIRPath, or the source's name and one",
            "write the expression as valueString");
      } else if (transform == StructureMapTransform.COPY) {
        boolean named =
            source.hasElement()
                && source.hasVariable()
                && parameters.equals(List.of(source.getVariable()));
        if (named) {
          return source.getElement();
        }
        faults.add(
            place + ".parameter",
            "copy takes the variable of the rule's source",
            "write source.element and source.variable, and the variable as valueId");
      } else if (transform != StructureMapTransform.CC && transform != StructureMapTransform.C) {
        faults.add(
            place + ".transform", "this transform is not done here", "use evaluate, copy, cc or c");
      }
      return null;
    }
  }
}
