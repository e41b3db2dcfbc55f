package se.nhv.fhir.reporting;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/**
 * The elements of a summary report: all that may cross from the patients' side, and nothing else. A
 * shape names the children that an element may have and the shape of each; {@link #VALUE} is a
 * primitive value. Extensions are shapes by their URL.
 */
final class SummaryShape {

  static final String REPORT = "MeasureReport";
  static final String VALUE = "value";

  private static final String MAY_BE_ABSENT = "value that may be absent";
  private static final String ABSENT_REASON =
      "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

  private static final Map<String, Map<String, String>> ELEMENTS =
      Map.ofEntries(
          Map.entry(
              REPORT,
              Map.of(
                  "identifier", "Identifier",
                  "status", VALUE,
                  "type", VALUE,
                  "measure", VALUE,
                  "date", VALUE,
                  "reporter", "Reporter",
                  "period", "Period",
                  "improvementNotation", "CodeableConcept",
                  "group", "Group")),
          Map.entry(
              "Group",
              Map.of(
                  "code", "CodeableConcept",
                  "population", "Population",
                  "measureScore", "Quantity",
                  "stratifier", "Stratifier")),
          Map.entry("Population", Map.of("code", "CodeableConcept", "count", MAY_BE_ABSENT)),
          Map.entry("Stratifier", Map.of("code", "CodeableConcept", "stratum", "Stratum")),
          Map.entry(
              "Stratum",
              Map.of(
                  "value", "CodeableConcept",
                  "population", "Population",
                  "measureScore", "Quantity")),
          Map.entry("Identifier", Map.of("system", VALUE, "value", VALUE)),
          Map.entry(
              "Reporter", Map.of("reference", VALUE, "identifier", "Identifier", "display", VALUE)),
          Map.entry("ReportReference", Map.of("reference", VALUE, "identifier", "Identifier")),
          Map.entry("Period", Map.of("start", VALUE, "end", VALUE)),
          Map.entry("CodeableConcept", Map.of("coding", "Coding")),
          Map.entry(
              "Coding", Map.of("system", VALUE, "version", VALUE, "code", VALUE, "display", VALUE)),
          Map.entry(
              "Quantity",
              Map.of("value", MAY_BE_ABSENT, "unit", VALUE, "system", VALUE, "code", VALUE)),
          Map.entry(MAY_BE_ABSENT, Map.of()),
          Map.entry(VALUE, Map.of()));

  /**
   * By shape and URL, the type that the extension's value has; empty where it has parts instead.
   */
  private static final Map<String, Map<String, String>> EXTENSIONS =
      Map.ofEntries(
          Map.entry(
              REPORT,
              Map.of(
                  ours("underlag"), "",
                  ours("aggregerad-av"), "Reference",
                  ours("saknad-enhet"), "",
                  ours("del-av-period"), "")),
          Map.entry(ours("saknad-enhet"), Map.of("unit", "Identifier", "reason", "code")),
          Map.entry(ours("del-av-period"), Map.of("unit", "Identifier", "period", "Period")),
          Map.entry("Group", Map.of(ours("statistik"), "", ours("bortfall"), "")),
          Map.entry(MAY_BE_ABSENT, Map.of(ABSENT_REASON, "code")),
          Map.entry("Quantity", Map.of(ABSENT_REASON, "code")),
          Map.entry(
              ours("underlag"),
              Map.of(
                  "contentHash", "string",
                  "snapshotHash", "string",
                  "mappingVersion", "string",
                  "asOf", "date")),
          Map.entry(
              ours("statistik"),
              Map.of(
                  "count", "integer",
                  "mean", "Quantity",
                  "standard-deviation", "Quantity",
                  "p10", "Quantity",
                  "median", "Quantity",
                  "p90", "Quantity",
                  "patients", "integer")),
          Map.entry(ours("bortfall"), Map.of("reason", "code", "count", "integer")));

  private static final Map<String, String> VALUE_SHAPES =
      Map.of(
          "Quantity", "Quantity",
          "Reference", "ReportReference",
          "Identifier", "Identifier",
          "Period", "Period",
          "integer", MAY_BE_ABSENT);

  private SummaryShape() {}

  /** The shape of that child, or null if the shape has no such child. */
  static @Nullable String child(String shape, String name) {
    return ELEMENTS.getOrDefault(shape, Map.of()).get(name);
  }

  /**
   * The type of value that an extension of that URL has there, empty if it has parts, or null if it
   * may not stand there.
   */
  static @Nullable String extension(String shape, String url) {
    return EXTENSIONS.getOrDefault(shape, Map.of()).get(url);
  }

  /** The shape of an extension's value of that type. */
  static String value(String type) {
    return VALUE_SHAPES.getOrDefault(type, VALUE);
  }

  private static String ours(String id) {
    return Canonicals.structureDefinition(id);
  }
}
