package se.nhv.fhir.publication;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.publication.PublishedDataSet.Row;

/** Reads a published data set back from its MeasureReports. */
final class PublishedReader {

  private PublishedReader() {}

  static PublishedDataSet read(
      int number, LocalDate date, String policyVersion, List<MeasureReport> reports) {
    List<Row> rows = new ArrayList<>();
    SortedMap<String, Set<String>> groups = new TreeMap<>();
    for (MeasureReport report : reports) {
      for (MeasureReportGroupComponent group : report.getGroup()) {
        ReportKey key = CubeReader.key(report);
        ReportedGroup reported = new ReportedGroup(key, group);
        groups.computeIfAbsent(key.measure().id(), m -> new LinkedHashSet<>()).add(reported.code());
        reported.cells().forEach((cell, element) -> rows.add(row(cell, element)));
      }
    }
    SortedMap<String, List<String>> inOrder = new TreeMap<>();
    groups.forEach((measure, codes) -> inOrder.put(measure, List.copyOf(codes)));
    return new PublishedDataSet(number, date, policyVersion, rows, parts(reports), inOrder);
  }

  private static SortedMap<ReportKey, List<ReportKey>> parts(List<MeasureReport> reports) {
    Map<String, ReportKey> byReference = new HashMap<>();
    for (MeasureReport report : reports) {
      ReportKey key = CubeReader.key(report);
      byReference.put("MeasureReport/" + CubeReader.id(key), key);
    }
    SortedMap<ReportKey, List<ReportKey>> parts = new TreeMap<>();
    for (MeasureReport report : reports) {
      ReportKey key = CubeReader.key(report);
      if (key.isNational()) {
        parts.put(
            key,
            report.getExtensionsByUrl(Canonicals.structureDefinition("aggregerad-av")).stream()
                .map(part -> ((Reference) part.getValue()).getReference())
                .map(reference -> Objects.requireNonNull(byReference.get(reference)))
                .sorted()
                .toList());
      }
    }
    return parts;
  }

  private static Row row(CellKey key, Element element) {
    BigDecimal value = value(element);
    String unit = element instanceof Quantity quantity ? ReportedGroup.unit(quantity) : "";
    return new Row(key, value, unit, state(value, ReportedGroup.absentReason(element)));
  }

  private static @Nullable BigDecimal value(Element element) {
    if (element instanceof IntegerType integer && integer.getValue() != null) {
      return BigDecimal.valueOf(integer.getValue());
    }
    return element instanceof Quantity quantity ? quantity.getValue() : null;
  }

  private static CellState state(@Nullable BigDecimal value, String reason) {
    if (value != null) {
      return value.signum() == 0 ? CellState.ZERO : CellState.VALUE;
    }
    return switch (reason) {
      case "masked" -> CellState.HIDDEN;
      case "unknown" -> CellState.NOT_REPORTED;
      default -> CellState.NO_DATA;
    };
  }
}
