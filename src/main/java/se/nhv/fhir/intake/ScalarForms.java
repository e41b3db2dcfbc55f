package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which JSON types FHIR's primitive types are written as (FHIR R4, json.html#primitive). HAPI takes
 * a text for a number or boolean, a null, and numbers of any size.
 */
final class ScalarForms {

  private static final int MOST_DIGITS = 60;
  private static final Set<String> NUMBERS =
      Set.of("integer", "positiveInt", "unsignedInt", "decimal");

  private ScalarForms() {}

  /** Whether every scalar below is written as its type is; quick, and says nothing of where. */
  static boolean allFit(JsonNode object, Types.@Nullable Definition definition) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      Types.Definition type = Types.child(definition, field.getKey());
      if (field.getValue().isNull() || !fits(field.getValue(), type)) {
        return false;
      }
    }
    return true;
  }

  private static boolean fits(JsonNode value, Types.@Nullable Definition type) {
    if (value.isObject()) {
      return allFit(value, Types.of(value, type));
    }
    if (value.isArray()) {
      for (JsonNode item : value) {
        if (!fits(item, type)) {
          return false;
        }
      }
      return true;
    }
    return fault(value, type == null ? null : type.name()) == null;
  }

  /** The problem of a scalar of that FHIR type, or null if there is none. */
  static @Nullable String fault(JsonNode value, @Nullable String type) {
    if (isOutOfRange(value)) {
      return "the number has more than " + MOST_DIGITS + " digits";
    }
    if (type == null || value.isNull() || !Types.isPrimitive(type)) {
      return null;
    }
    if (type.equals("boolean")) {
      return value.isBoolean() ? null : "it must be the JSON boolean true or false";
    }
    if (NUMBERS.contains(type)) {
      return value.isNumber() ? null : "it must be a JSON number";
    }
    return value.isTextual() ? null : "it must be a JSON string";
  }

  /** Whether the plain form of the number may not fit in memory, as that of 1e999999999. */
  static boolean isOutOfRange(JsonNode value) {
    if (!value.isBigDecimal() && !value.isBigInteger()) {
      return false;
    }
    BigDecimal number = value.decimalValue();
    return number.precision() > MOST_DIGITS || Math.abs((long) number.scale()) > MOST_DIGITS;
  }
}
