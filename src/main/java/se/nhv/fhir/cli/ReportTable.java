package se.nhv.fhir.cli;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Type;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;

/** Prints reports as a table: a row for each Measure and group, a column for each unit. */
final class ReportTable {

  private static final String STATISTICS = Canonicals.structureDefinition("statistik");

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
    List<String> heading = new ArrayList<>(List.of("", "Mått", ""));
    heading.addAll(units);
    TextTable table = new TextTable(heading);
    List<MeasureReport> first = reports.get(0);
    for (int m = 0; m < first.size(); m++) {
      for (int g = 0; g < first.get(m).getGroup().size(); g++) {
        rows(reports, m, g).forEach(table::add);
      }
    }
    table.print(out);
  }

  /** The rows of one group: its figures, then what is reported as not counted. */
  private List<List<String>> rows(List<List<MeasureReport>> reports, int m, int g) {
    List<MeasureReportGroupComponent> groups =
        reports.stream().map(ofUnit -> ofUnit.get(m).getGroup().get(g)).toList();
    MeasureReport report = reports.get(0).get(m);
    Measure measure = measures.getOrDefault(report.getMeasure(), new Measure());
    String printedId = g == 0 ? String.valueOf(measure.getIdentifierFirstRep().getValue()) : "";
    String title = g == 0 ? String.valueOf(measure.getTitle()) : "";
    String code = groups.get(0).getCode().getCodingFirstRep().getCode();
    List<List<String>> rows = new ArrayList<>();
    if (groups.get(0).hasExtension(STATISTICS)) {
      rows.add(row(printedId, title, code + ": N", groups, group -> statistic(group, "count")));
      rows.add(row("", "", "medel ± SD", groups, ReportTable::meanAndDeviation));
      rows.add(row("", "", "p10 | median | p90", groups, ReportTable::percentiles));
    } else if (population(groups.get(0), "denominator").isPresent()) {
      rows.add(row(printedId, title, code, groups, ReportTable::rate));
    } else {
      rows.add(row(printedId, title, code, groups, ReportTable::patientsOrItems));
    }
    SortedSet<String> reasons = new TreeSet<>();
    groups.forEach(group -> bortfall(group).forEach(b -> reasons.add(part(b, "reason"))));
    for (String reason : reasons) {
      rows.add(row("", "", "ej räknade: " + reason, groups, group -> notCounted(group, reason)));
    }
    return rows;
  }

  private static List<String> row(
      String id,
      String title,
      String label,
      List<MeasureReportGroupComponent> groups,
      Function<MeasureReportGroupComponent, String> cell) {
    List<String> row = new ArrayList<>(List.of(id, title, label));
    groups.forEach(group -> row.add(cell.apply(group)));
    return row;
  }

  private static String patientsOrItems(MeasureReportGroupComponent group) {
    return population(group, "initial-population").map(String::valueOf).orElse("–");
  }

  private static String meanAndDeviation(MeasureReportGroupComponent group) {
    return statistic(group, "mean") + " ± " + statistic(group, "standard-deviation");
  }

  private static String percentiles(MeasureReportGroupComponent group) {
    return Stream.of("p10", "median", "p90")
        .map(part -> statistic(group, part))
        .collect(Collectors.joining(" | "));
  }

  private static String statistic(MeasureReportGroupComponent group, String part) {
    Type value = group.getExtensionByUrl(STATISTICS).getExtensionByUrl(part).getValue();
    if (value instanceof Quantity quantity) {
      return quantity.hasValue() ? decimal(quantity.getValue()) : "–";
    }
    return value.primitiveValue();
  }

  private static String rate(MeasureReportGroupComponent group) {
    String score =
        group.hasMeasureScore()
            ? decimal(group.getMeasureScore().getValue().movePointRight(2)) + " %"
            : "–";
    int counted =
        count(group, "denominator")
            - count(group, "denominator-exclusion")
            - count(group, "denominator-exception");
    return "%s (%d av %d)".formatted(score, count(group, "numerator"), counted);
  }

  private static String notCounted(MeasureReportGroupComponent group, String reason) {
    return bortfall(group).stream()
        .filter(b -> part(b, "reason").equals(reason))
        .map(b -> part(b, "count"))
        .findFirst()
        .orElse("0");
  }

  private static List<Extension> bortfall(MeasureReportGroupComponent group) {
    return group.getExtensionsByUrl(Canonicals.structureDefinition("bortfall"));
  }

  private static String part(Extension extension, String url) {
    return extension.getExtensionByUrl(url).getValue().primitiveValue();
  }

  private static int count(MeasureReportGroupComponent group, String code) {
    return population(group, code).orElse(0);
  }

  private static Optional<Integer> population(MeasureReportGroupComponent group, String code) {
    return group.getPopulation().stream()
        .filter(p -> code.equals(p.getCode().getCodingFirstRep().getCode()))
        .map(MeasureReportGroupPopulationComponent::getCount)
        .findFirst();
  }

  /** One decimal, with a decimal comma as Swedish readers expect. */
  private static String decimal(BigDecimal value) {
    return value.setScale(1, RoundingMode.HALF_UP).toPlainString().replace('.', ',');
  }
}
