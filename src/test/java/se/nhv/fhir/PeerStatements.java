package se.nhv.fhir;

import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.measure.Canonicals;

/** Every figure that a report states, by its place in the report. */
final class PeerStatements {

  private final TreeMap<String, String> statements = new TreeMap<>();

  private PeerStatements() {}

  static SortedMap<String, String> of(MeasureReport report) {
    PeerStatements all = new PeerStatements();
    report.getGroup().forEach(all::state);
    return all.statements;
  }

  private void state(MeasureReportGroupComponent group) {
    String place = code(group.getCode());
    group.getPopulation().forEach(p -> put(place, code(p.getCode()), String.valueOf(p.getCount())));
    if (group.getMeasureScore().hasValue()) {
      put(place, "measureScore", group.getMeasureScore().getValue().toPlainString());
      if (group.getMeasureScore().hasCode()) {
        put(place, "measureScore unit", group.getMeasureScore().getCode());
      }
    }
    for (Extension statistics :
        group.getExtensionsByUrl(Canonicals.structureDefinition("statistik"))) {
      statistics.getExtension().forEach(e -> put(place, "statistik " + e.getUrl(), value(e)));
    }
    for (Extension bortfall :
        group.getExtensionsByUrl(Canonicals.structureDefinition("bortfall"))) {
      put(
          place,
          "bortfall " + bortfall.getExtensionString("reason"),
          value(bortfall.getExtensionByUrl("count")));
    }
    group.getStratifier().forEach(s -> state(place, s));
  }

  /** A stratum that holds nothing is the same as none. */
  private void state(String place, MeasureReportGroupStratifierComponent stratifier) {
    String name = code(stratifier.getCodeFirstRep());
    put(place, name, "present");
    for (StratifierGroupComponent stratum : stratifier.getStratum()) {
      stratum.getPopulation().stream()
          .filter(p -> p.getCount() != 0)
          .forEach(
              p ->
                  put(
                      place,
                      name + " " + code(stratum.getValue()) + " " + code(p.getCode()),
                      String.valueOf(p.getCount())));
    }
  }

  private void put(String group, String place, String value) {
    String whole = group + " " + place;
    if (statements.put(whole, value) != null) {
      throw new IllegalStateException("the report states " + whole + " twice");
    }
  }

  private static String value(Extension part) {
    if (part.getValue() instanceof Quantity quantity) {
      return quantity.hasValue() ? quantity.getValue().toPlainString() : "absent";
    }
    return ((PrimitiveType<?>) part.getValue()).getValueAsString();
  }

  /** The peer writes the value of a stratum as text. */
  private static String code(CodeableConcept concept) {
    return concept.hasCoding() ? concept.getCodingFirstRep().getCode() : concept.getText();
  }
}
