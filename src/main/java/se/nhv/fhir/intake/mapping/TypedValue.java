package se.nhv.fhir.intake.mapping;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.parser.DataFormatException;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IPrimitiveType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * A value in the type of the element that it is written to. Beside the same type: a primitive by
 * its text, a Coding as a CodeableConcept, a CodeableConcept of one Coding as that Coding, a text
 * as the reference of a Reference.
 */
final class TypedValue {

  private static final Set<String> DAYS = Set.of("date", "datetime", "instant");
  private static final Set<String> NUMBERS =
      Set.of("integer", "decimal", "positiveint", "unsignedint");
  private static final Set<String> APART = Set.of("boolean", "time", "base64binary");

  private TypedValue() {}

  /**
   * A new value of the element's type.
   *
   * @return null where the value cannot be had as that type
   */
  static @Nullable IBase of(
      Base value, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> wanted) {
    Class<?> type = wanted.getImplementingClass();
    if (IPrimitiveType.class.isAssignableFrom(type)) {
      return primitive(value, child, wanted);
    }
    if (type.isInstance(value) && value instanceof Type same) {
      return same.copy();
    }
    if (type == CodeableConcept.class && value instanceof Coding coding) {
      return new CodeableConcept(coding.copy());
    }
    if (type == Coding.class
        && value instanceof CodeableConcept concept
        && concept.getCoding().size() == 1) {
      return concept.getCodingFirstRep().copy();
    }
    return type == Reference.class && value.isPrimitive()
        ? new Reference(value.primitiveValue())
        : null;
  }

  private static @Nullable IBase primitive(
      Base value, BaseRuntimeChildDefinition child, BaseRuntimeElementDefinition<?> wanted) {
    if (!value.isPrimitive() || !value.hasPrimitiveValue()) {
      return null;
    }
    try {
      IBase made = wanted.newInstance(child.getInstanceConstructorArguments());
      ((IPrimitiveType<?>) made).setValueAsString(value.primitiveValue());
      return made;
    } catch (IllegalArgumentException | DataFormatException e) {
      return null;
    }
  }

  /**
   * Whether a value of one type can be written to an element of another.
   *
   * @param given a type as FHIRPath names it, with or without its URL
   * @param wanted a type as FHIR names it
   */
  static boolean fits(String given, String wanted) {
    String from = given.replaceFirst(".*[/.]", "");
    if (from.equals(wanted)) {
      return true;
    }
    boolean primitive = given.contains("System.") || Character.isLowerCase(from.charAt(0));
    return switch (wanted) {
      case "CodeableConcept" -> from.equals("Coding");
      case "Coding" -> from.equals("CodeableConcept");
      case "Reference" -> primitive;
      default -> primitive && Character.isLowerCase(wanted.charAt(0)) && primitive(from, wanted);
    };
  }

  private static boolean primitive(String given, String wanted) {
    String from = kind(given);
    String to = kind(wanted);
    return from.equals(to) || from.equals("text") || to.equals("text");
  }

  private static String kind(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (DAYS.contains(lower)) {
      return "day";
    }
    if (NUMBERS.contains(lower)) {
      return "number";
    }
    return APART.contains(lower) ? lower : "text";
  }
}
