package se.nhv.fhir.intake;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of FHIR R4's elements, as HAPI's model of it has them. */
final class Types {

  /**
   * The type of an element or resource.
   *
   * @param name for example {@code dateTime} or {@code HumanName}; {@code Resource} for any
   *     resource; {@code Element} for what stands beside a primitive
   * @param element what HAPI knows of it, or null where that is nothing more
   */
  record Definition(String name, @Nullable BaseRuntimeElementDefinition<?> element) {

    static @Nullable Definition of(@Nullable BaseRuntimeElementDefinition<?> element) {
      return element == null ? null : new Definition(name(element), element);
    }

    private static String name(BaseRuntimeElementDefinition<?> element) {
      return switch (element.getChildType()) {
        case CONTAINED_RESOURCES, CONTAINED_RESOURCE_LIST, RESOURCE -> "Resource";
        case COMPOSITE_DATATYPE,
            EXTENSION_DECLARED,
            ID_DATATYPE,
            PRIMITIVE_DATATYPE,
            PRIMITIVE_XHTML,
            PRIMITIVE_XHTML_HL7ORG,
            RESOURCE_BLOCK,
            UNDECL_EXT ->
            element.getName();
      };
    }
  }

  private static final Set<String> EXTENSIONS = Set.of("extension", "modifierExtension");

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
      return Definition.of(StrictJson.context().getResourceDefinition(resourceType.asText()));
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
      return new Definition("Element", null);
    }
    if (EXTENSIONS.contains(key)) {
      return Definition.of(StrictJson.context().getElementDefinition("Extension"));
    }
    if (parent != null && parent.element() instanceof BaseRuntimeElementCompositeDefinition<?> it) {
      BaseRuntimeChildDefinition child = it.getChildByName(key);
      return child == null ? null : Definition.of(child.getChildByName(key));
    }
    return null;
  }
}
