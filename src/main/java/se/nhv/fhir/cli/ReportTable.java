package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;

/** Prints reports as a table: a row for each Measure and group, a column for each unit. */
final class ReportTable {

  private static final String GAP = "  ";

  private final Map<String, Measure> measures = new LinkedHashMap<>();

  ReportTable(Content content) {
    content.measures().forEach(m -> measures.put(m.reference().canonical(), m.resource()));
  }

  /**
   * Prints the table.
   *
   * @param units the heading of each column
   * @param reports the reports of each unit, of the same Measures in the same order
   */
  void print(List<String> units, List<List<MeasureReport>> reports, PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("", "Mått", "Grupp"));
    heading.addAll(units);
    rows.add(heading);
    List<MeasureReport> first = reports.get(0);
    for (int m = 0; m < first.size(); m++) {
      for (int g = 0; g < first.get(m).getGroup().size(); g++) {
        rows.add(row(reports, m, g));
      }
    }
    write(rows, out);
  }

  private List<String> row(List<List<MeasureReport>> reports, int m, int g) {
    MeasureReport report = reports.get(0).get(m);
    Measure measure = measures.getOrDefault(report.getMeasure(), new Measure());
    boolean isFirst = g == 0;
    List<String> row = new ArrayList<>();
    row.add(isFirst ? String.valueOf(measure.getIdentifierFirstRep().getValue()) : "");
    row.add(isFirst ? String.valueOf(measure.getTitle()) : "");
    row.add(report.getGroup().get(g).getCode().getCodingFirstRep().getCode());
    reports.forEach(ofUnit -> row.add(cell(ofUnit.get(m).getGroup().get(g))));
    return row;
  }

  private static String cell(MeasureReportGroupComponent group) {
    Extension statistics = group.getExtensionByUrl(Canonicals.structureDefinition("statistik"));
    String figure;
    if (statistics != null) {
      figure = statistics(statistics);
    } else if (population(group, "denominator") != null) {
      figure = rate(group);
    } else {
      figure = String.valueOf(population(group, "initial-population"));
    }
    String bortfall =
        group.getExtensionsByUrl(Canonicals.structureDefinition("bortfall")).stream()
            .map(
                b ->
                    b.getExtensionByUrl("reason").getValue().primitiveValue()
                        + " "
                        + b.getExtensionByUrl("count").getValue().primitiveValue())
            .collect(Collectors.joining(", "));
    return bortfall.isEmpty() ? figure : figure + " [" + bortfall + "]";
  }

  private static String statistics(Extension statistics) {
    return "N %s, m %s, SD %s, %s–%s–%s"
        .formatted(
            statistics.getExtensionByUrl("count").getValue().primitiveValue(),
            number(statistics, "mean"),
            number(statistics, "standard-deviation"),
            number(statistics, "p10"),
            number(statistics, "median"),
            number(statistics, "p90"));
  }

  private static String number(Extension statistics, String part) {
    Quantity quantity = (Quantity) statistics.getExtensionByUrl(part).getValue();
    return quantity.hasValue() ? decimal(quantity.getValue()) : "–";
  }

  private static String rate(MeasureReportGroupComponent group) {
    String score =
        group.hasMeasureScore()
            ? decimal(group.getMeasureScore().getValue().movePointRight(2)) + " %"
            : "–";
    Integer exceptions = population(group, "denominator-exception");
    int counted = count(group, "denominator") - (exceptions == null ? 0 : exceptions);
    return "%d/%d = %s".formatted(count(group, "numerator"), counted, score);
  }

  private static int count(MeasureReportGroupComponent group, String code) {
    Integer count = population(group, code);
    return count == null ? 0 : count;
  }

  private static @org.jspecify.annotations.Nullable Integer population(
      MeasureReportGroupComponent group, String code) {
    return group.getPopulation().stream()
        .filter(p -> code.equals(p.getCode().getCodingFirstRep().getCode()))
        .map(p -> p.getCount())
        .findFirst()
        .orElse(null);
  }

  /** One decimal, with a decimal comma as Swedish readers expect. */
  private static String decimal(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_UP).toPlainString().replace('.', ',');
  }

  private static void write(List<List<String>> rows, PrintWriter out) {
    int columns = rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int c = 0; c < columns; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < columns; c++) {
        line.append(row.get(c)).append(" ".repeat(widths[c] - row.get(c).length())).append(GAP);
      }
      out.println(line.toString().stripTrailing());
    }
  }
}
