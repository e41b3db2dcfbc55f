package se.nhv.fhir.intake;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The types of FHIR R4's elements, as HAPI's model of it has them. */
final class Types {

  /** The type of an element or resource. */
  record Definition(BaseRuntimeElementDefinition<?> element) {
    /** For example {@code dateTime} or {@code HumanName}. */
    String name() {
      return element.getName();
    }
  }

  private Types() {}

  /** Whether a type name is that of a primitive type: they begin with a lower-case letter. */
  static boolean isPrimitive(String name) {
    return Character.isLowerCase(name.charAt(0));
  }

  /** Whether it can be the name of a type. */
  static boolean isName(JsonNode value) {
    return value.isTextual() && !value.asText().isBlank();
  }

  /** The type of an object: that of its resourceType if it has one, else the element's. */
  static @Nullable Definition of(JsonNode object, @Nullable Definition element) {
    JsonNode resourceType = object.get("resourceType");
    if (resourceType == null) {
      return element;
    }
    if (!isName(resourceType)) {
      return null;
    }
    try {
      return new Definition(StrictJson.context().getResourceDefinition(resourceType.asText()));
    } catch (DataFormatException e) {
      return null;
    }
  }

  /** The type of the child with that JSON key; null where there is none, or none is known. */
  static @Nullable Definition child(@Nullable Definition parent, String key) {
    if (key.equals("resourceType")) {
      return null;
    }
    if (key.startsWith("_")) {
      BaseRuntimeElementDefinition<?> element =
          StrictJson.context().getElementDefinition("Element");
      return element == null ? null : new Definition(element);
    }
    if (parent != null && parent.element() instanceof BaseRuntimeElementCompositeDefinition<?> it) {
      BaseRuntimeChildDefinition child = it.getChildByName(key);
      BaseRuntimeElementDefinition<?> type = child == null ? null : child.getChildByName(key);
      return type == null ? null : new Definition(type);
    }
    return null;
  }
}
