package se.nhv.fhir.intake;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How values of FHIR's primitive types are written, told to a sender (FHIR R4, datatypes.html). */
final class ValueForms {

  private static final Map<String, String> REMEDIES =
      Map.of(
          "code", "write one of the codes that FHIR R4 lists for this element",
          "date", "write YYYY, YYYY-MM or YYYY-MM-DD, such as 2024-03-01",
          "dateTime", "write a date, or a date with time and zone: 2024-03-01T10:15:00+01:00",
          "instant", "write a date with time and zone, such as 2024-03-01T10:15:00+01:00",
          "boolean", "write true or false",
          "integer", "write a whole number",
          "decimal", "write a decimal number, such as 12.5",
          "id", "write 1 to 64 letters, digits, hyphens and points");

  private ValueForms() {}

  /** The type in words. */
  static String name(@Nullable String type) {
    return type == null ? "its type" : "the FHIR type " + type;
  }

  /** How to write it. */
  static String remedy(@Nullable String type) {
    return REMEDIES.getOrDefault(
        type == null ? "" : type, "write it as FHIR R4 defines this element");
  }
}
