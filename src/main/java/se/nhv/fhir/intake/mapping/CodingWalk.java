package se.nhv.fhir.intake.mapping;

import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** Goes to every code of a resource: the concepts, and the Codings that stand alone. */
final class CodingWalk {

  /** What is done at each. */
  interface Visitor {

    /** A concept, with the path to it. */
    void concept(String path, CodeableConcept concept);

    /** A Coding outside a concept, with the path to it. */
    void lone(String path, Coding coding);
  }

  private CodingWalk() {}

  static void of(Resource resource, Visitor visitor) {
    walk(resource.fhirType(), resource, visitor);
  }

  private static void walk(String parent, Base element, Visitor visitor) {
    for (Property property : element.children()) {
      List<Base> values = property.getValues();
      for (int i = 0; i < values.size(); i++) {
        Base value = values.get(i);
        if (!value.isPrimitive() || hasExtension(value)) {
          visit(parent + "." + step(property, value, i), value, visitor);
        }
      }
    }
  }

  private static boolean hasExtension(Base value) {
    return value instanceof Element element && element.hasExtension();
  }

  private static String step(Property property, Base value, int index) {
    if (value instanceof Extension extension) {
      return property.getName() + "('" + extension.getUrl() + "')";
    }
    String name = property.getName().replace("[x]", "");
    return property.isList() ? name + "[" + index + "]" : name;
  }

  private static void visit(String path, Base value, Visitor visitor) {
    if (value instanceof CodeableConcept concept) {
      visitor.concept(path, concept);
    } else if (value instanceof Coding coding) {
      visitor.lone(path, coding);
    } else {
      walk(path, value, visitor);
    }
  }
}
