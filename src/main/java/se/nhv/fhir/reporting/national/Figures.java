package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/** Every figure of a report by its place, in the order in which they stand. */
final class Figures {

  private record Place(
      String group, @Nullable String stratifier, @Nullable String stratum, String figure) {}

  private final Map<Place, BigDecimal> values = new LinkedHashMap<>();

  private Figures(MeasureReport report) {
    report.getGroup().forEach(this::add);
  }

  /** What differs from the one report to the other, those of the earlier first. */
  static List<FigureDifference> differences(MeasureReport earlier, MeasureReport later) {
    Map<Place, BigDecimal> before = new Figures(earlier).values;
    Map<Place, BigDecimal> after = new Figures(later).values;
    Set<Place> places = new LinkedHashSet<>(before.keySet());
    places.addAll(after.keySet());
    List<FigureDifference> differences = new ArrayList<>();
    for (Place place : places) {
      BigDecimal was = before.get(place);
      BigDecimal is = after.get(place);
      if (was == null || is == null || was.compareTo(is) != 0) {
        differences.add(
            new FigureDifference(
                place.group, place.stratifier, place.stratum, place.figure, was, is));
      }
    }
    return differences;
  }

  private void add(MeasureReportGroupComponent group) {
    String code = code(group.getCode());
    group
        .getPopulation()
        .forEach(
            p -> put(new Place(code, null, null, code(p.getCode())), number(p.getCountElement())));
    put(new Place(code, null, null, "score"), number(group.getMeasureScore()));
    for (Extension extension : group.getExtension()) {
      if (Canonicals.structureDefinition("statistik").equals(extension.getUrl())) {
        for (Extension part : extension.getExtension()) {
          put(new Place(code, null, null, "statistik." + part.getUrl()), number(part.getValue()));
        }
      } else if (Canonicals.structureDefinition("bortfall").equals(extension.getUrl())) {
        Type why = value(extension, "reason");
        String reason = why instanceof PrimitiveType<?> text ? text.getValueAsString() : "";
        put(new Place(code, null, null, "bortfall." + reason), number(value(extension, "count")));
      }
    }
    group.getStratifier().forEach(stratifier -> add(code, stratifier));
  }

  private void add(String group, MeasureReportGroupStratifierComponent stratifier) {
    String code = code(stratifier.getCodeFirstRep());
    for (StratifierGroupComponent stratum : stratifier.getStratum()) {
      String value = code(stratum.getValue());
      stratum
          .getPopulation()
          .forEach(
              p ->
                  put(
                      new Place(group, code, value, code(p.getCode())),
                      number(p.getCountElement())));
      put(new Place(group, code, value, "score"), number(stratum.getMeasureScore()));
    }
  }

  private void put(Place place, @Nullable BigDecimal value) {
    if (value != null) {
      values.put(place, value);
    }
  }

  private static @Nullable Type value(Extension extension, String part) {
    Extension found = extension.getExtensionByUrl(part);
    return found == null ? null : found.getValue();
  }

  private static @Nullable BigDecimal number(@Nullable Type value) {
    if (value instanceof IntegerType integer && integer.getValue() != null) {
      return BigDecimal.valueOf(integer.getValue());
    }
    return value instanceof Quantity quantity ? quantity.getValue() : null;
  }

  private static String code(CodeableConcept concept) {
    return String.valueOf(concept.getCodingFirstRep().getCode());
  }
}
