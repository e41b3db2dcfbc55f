package se.nhv.fhir.run;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.measure.Canonicals;

/**
 * Compares what two reports say in their groups: every population, score, statistic, bortfall and,
 * where the expected group has any, every stratum. Numbers are equal to 9 significant digits.
 */
final class ReportComparison {

  private static final MathContext DIGITS = new MathContext(9);

  private final MeasureReport expected;
  private final MeasureReport actual;

  ReportComparison(MeasureReport expected, MeasureReport actual) {
    this.expected = expected;
    this.actual = actual;
  }

  List<String> differences() {
    TreeMap<String, String> wanted = new TreeMap<>();
    TreeMap<String, String> found = new TreeMap<>();
    for (int g = 0; g < expected.getGroup().size(); g++) {
      state(g, expected.getGroup().get(g), true, wanted);
    }
    for (int g = 0; g < actual.getGroup().size(); g++) {
      boolean strata =
          g >= expected.getGroup().size() || expected.getGroup().get(g).hasStratifier();
      state(g, actual.getGroup().get(g), strata, found);
    }
    List<String> differences = new ArrayList<>();
    TreeMap<String, String> all = new TreeMap<>(wanted);
    all.putAll(found);
    for (String place : all.keySet()) {
      String want = wanted.getOrDefault(place, "nothing");
      String got = found.getOrDefault(place, "nothing");
      if (!want.equals(got)) {
        differences.add(place + ": expected " + want + ", got " + got);
      }
    }
    return differences;
  }

  /** Everything that the group states, as place and value. */
  private static void state(
      int index,
      MeasureReportGroupComponent group,
      boolean strata,
      Map<String, String> statements) {
    String place = "group[" + index + "] " + group.getCode().getCodingFirstRep().getCode();
    statements.put(place, "present");
    group
        .getPopulation()
        .forEach(
            p ->
                statements.put(
                    place + " " + p.getCode().getCodingFirstRep().getCode(),
                    String.valueOf(p.getCount())));
    if (group.hasMeasureScore()) {
      statements.put(place + " measureScore", text(group.getMeasureScore()));
    }
    for (Extension part :
        extensions(group, "statistik").stream().flatMap(e -> e.getExtension().stream()).toList()) {
      statements.put(
          place + " statistik " + part.getUrl(),
          part.getValue() instanceof Quantity q
              ? text(q)
              : ((PrimitiveType<?>) part.getValue()).getValueAsString());
    }
    for (Extension bortfall : extensions(group, "bortfall")) {
      statements.put(
          place + " bortfall " + bortfall.getExtensionByUrl("reason").getValue().primitiveValue(),
          bortfall.getExtensionByUrl("count").getValue().primitiveValue());
    }
    if (strata) {
      stateStrata(place, group, statements);
    }
  }

  private static void stateStrata(
      String place, MeasureReportGroupComponent group, Map<String, String> statements) {
    for (var stratifier : group.getStratifier()) {
      for (var stratum : stratifier.getStratum()) {
        for (var population : stratum.getPopulation()) {
          statements.put(
              place
                  + " "
                  + stratifier.getCodeFirstRep().getCodingFirstRep().getCode()
                  + " "
                  + stratum.getValue().getCodingFirstRep().getCode()
                  + " "
                  + population.getCode().getCodingFirstRep().getCode(),
              String.valueOf(population.getCount()));
        }
      }
    }
  }

  private static List<Extension> extensions(MeasureReportGroupComponent group, String id) {
    return group.getExtensionsByUrl(Canonicals.structureDefinition(id));
  }

  private static String text(Quantity quantity) {
    if (!quantity.hasValue()) {
      return "absent";
    }
    BigDecimal rounded = quantity.getValue().round(DIGITS).stripTrailingZeros();
    String number = (rounded.signum() == 0 ? BigDecimal.ZERO : rounded).toPlainString();
    return quantity.hasCode() ? number + " " + quantity.getCode() : number;
  }
}
