package se.nhv.fhir.intake.mapping;

import java.util.List;
import org.hl7.fhir.exceptions.FHIRException;
import org.hl7.fhir.r4.fhirpath.ExpressionNode;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.SystemCode;

/**
 * One rule of a StructureMap: what is written where, if its condition holds.
 *
 * @param name the StructureMap and the names of group and rule
 * @param type the resource type that it is for
 * @param condition when it acts, or null for always
 * @param target where it writes
 * @param source what it writes: an expression, or null for the constant
 * @param constant what it writes, or null for the expression
 */
record ElementRule(
    String name,
    String type,
    @Nullable ExpressionNode condition,
    ElementPath target,
    @Nullable ExpressionNode source,
    @Nullable Base constant) {

  /** Changes the resource, and notes what it changed or why it could not. */
  void apply(Resource resource, Notes notes) {
    try {
      if (condition == null || FhirPaths.holds(condition, resource)) {
        List<Base> values = values(resource);
        ElementPath.Written written = values.isEmpty() ? null : target.write(resource, values);
        if (written != null) {
          notes.changed(
              name,
              type + "." + target.text(),
              Texts.of(written.before()),
              Texts.of(written.after()));
        }
      }
    } catch (FHIRException e) {
      notes.failed(name, "the expression does not fit the values that are there");
    } catch (ElementPath.UnwritableException e) {
      notes.failed(name, String.valueOf(e.getMessage()));
    }
  }

  private List<Base> values(Resource resource) {
    if (constant != null) {
      return List.of(constant);
    }
    return source == null ? List.of() : FhirPaths.evaluate(source, resource);
  }

  /** Whether it could be what brings that code to a resource. */
  boolean mayWrite(SystemCode code) {
    if (constant instanceof Coding coding) {
      return is(coding, code);
    }
    if (constant instanceof CodeableConcept concept) {
      return concept.getCoding().stream().anyMatch(it -> is(it, code));
    }
    return switch (target.type()) {
      case "CodeableConcept", "Coding" -> true;
      case "code", "uri" -> target.steps().size() > 1;
      default -> false;
    };
  }

  private static boolean is(Coding coding, SystemCode code) {
    return code.equals(
        new SystemCode(String.valueOf(coding.getSystem()), String.valueOf(coding.getCode())));
  }
}
