package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON types FHIR's types are written as (FHIR R4, json.html). HAPI takes a text for a number
 * or boolean, and a null; it breaks on a text for an object, on empty texts, and on numbers whose
 * plain form fills the memory.
 */
final class JsonForms {

  /**
   * What is wrong with a value.
   *
   * @param problem in English
   * @param isHarmless whether HAPI can still read the rest of the resource
   */
  record Fault(String problem, boolean isHarmless) {}

  private static final int MOST_DIGITS = 60;
  private static final Set<String> NUMBERS =
      Set.of("integer", "positiveInt", "unsignedInt", "decimal");

  private JsonForms() {}

  /** Whether everything below is written as its type is; quick, and says nothing of where. */
  static boolean allFit(JsonNode object, Types.@Nullable Definition definition) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      boolean fits =
          field.getKey().equals("resourceType")
              ? Types.isName(field.getValue())
              : fits(field.getValue(), Types.child(definition, field.getKey()), false);
      if (!fits || field.getKey().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(JsonNode value, Types.@Nullable Definition type, boolean inArray) {
    if (fault(value, type == null ? null : type.name(), inArray) != null) {
      return false;
    }
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (!fits(item, type, true)) {
          return false;
        }
      }
    }
    return !value.isObject() || allFit(value, Types.of(value, type));
  }

  /**
   * What is wrong with a value itself, not with what it holds; null if nothing.
   *
   * @param type the FHIR type, or null where it is not known
   * @param inArray whether it is an item of an array
   */
  static @Nullable Fault fault(JsonNode value, @Nullable String type, boolean inArray) {
    boolean isPrimitive = type != null && Types.isPrimitive(type);
    if (value.isNull()) {
      boolean mayBe = inArray && (isPrimitive || "Element".equals(type));
      return mayBe ? null : new Fault("it is null", !inArray);
    }
    if ((value.isContainerNode() && value.isEmpty()) || (value.isTextual() && isBlank(value))) {
      return new Fault("it is empty", false);
    }
    if (value.isTextual() && !value.textValue().chars().allMatch(TextForms::mayBeIn)) {
      String fault = TextForms.fault(value.textValue());
      if (fault != null) {
        return new Fault(fault, false);
      }
    }
    if (value.isArray()) {
      return inArray ? new Fault("it is an array in an array", false) : null;
    }
    if (isOutOfRange(value)) {
      return new Fault("the number has more than " + MOST_DIGITS + " digits", false);
    }
    if (type == null) {
      return null;
    }
    return isPrimitive ? primitive(value, type) : composite(value);
  }

  private static @Nullable Fault primitive(JsonNode value, String type) {
    if (type.equals("boolean")) {
      return value.isBoolean() ? null : wrong("it must be the JSON boolean true or false", value);
    }
    if (NUMBERS.contains(type)) {
      return value.isNumber() ? null : wrong("it must be a JSON number", value);
    }
    return value.isTextual() ? null : wrong("it must be a JSON string", value);
  }

  private static @Nullable Fault composite(JsonNode value) {
    return value.isObject() ? null : new Fault("it must be a JSON object", false);
  }

  private static Fault wrong(String problem, JsonNode value) {
    return new Fault(problem, value.isValueNode());
  }

  private static boolean isBlank(JsonNode value) {
    return value.asText().isBlank();
  }

  private static boolean isOutOfRange(JsonNode value) {
    if (!value.isBigDecimal() && !value.isBigInteger()) {
      return false;
    }
    BigDecimal number = value.decimalValue();
    return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS;
  }
}
