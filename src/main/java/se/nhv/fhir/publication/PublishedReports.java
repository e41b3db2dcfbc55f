package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupPopulationComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupPopulationComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.publication.PublishedDataSet.Row;

/**
 * The published data set as summary MeasureReports. A cell without a figure carries
 * data-absent-reason: {@code masked} if hidden, {@code not-applicable} if there are no data, {@code
 * unknown} if not reported; a report that is missing has the status pending.
 */
public final class PublishedReports {

  private static final String POPULATIONS =
      "http://terminology.hl7.org/CodeSystem/measure-population";

  private PublishedReports() {}

  /** One report for each reporter, Measure and period, with its id, in order. */
  public static List<MeasureReport> of(PublishedDataSet published) {
    List<MeasureReport> reports = new ArrayList<>();
    published.byReport().forEach((key, rows) -> reports.add(report(published, key, rows)));
    return reports;
  }

  private static MeasureReport report(PublishedDataSet published, ReportKey key, List<Row> rows) {
    boolean missing = rows.get(0).state() == CellState.NOT_REPORTED;
    MeasureReport report =
        empty(key, missing ? MeasureReportStatus.PENDING : MeasureReportStatus.COMPLETE);
    report.setDateElement(new DateTimeType(published.date().toString()));
    for (ReportKey part : published.parts().getOrDefault(key, List.of())) {
      report.addExtension(
          Canonicals.structureDefinition("aggregerad-av"),
          new Reference("MeasureReport/" + CubeReader.id(part)));
    }
    Map<String, List<Row>> byGroup = new LinkedHashMap<>();
    rows.forEach(
        row -> byGroup.computeIfAbsent(row.cell().group(), g -> new ArrayList<>()).add(row));
    byGroup.forEach((code, cells) -> fill(report.addGroup().setCode(group(code)), cells));
    return report;
  }

  /** A report without groups. */
  static MeasureReport empty(ReportKey key, MeasureReportStatus status) {
    MeasureReport report = new MeasureReport();
    report.setId(CubeReader.id(key));
    report.setStatus(status).setType(MeasureReportType.SUMMARY);
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue(
            key.measure().id()
                + ("-" + key.reporter() + "-" + key.period().start() + "-" + key.period().end()));
    report.setMeasure(key.measure().canonical());
    report
        .getPeriod()
        .setStartElement(new DateTimeType(key.period().start().toString()))
        .setEndElement(new DateTimeType(key.period().end().toString()));
    report.setReporter(reporter(key));
    return report;
  }

  private static Reference reporter(ReportKey key) {
    Reference reporter = new Reference();
    if (key.isNational()) {
      reporter
          .getIdentifier()
          .setSystem(Canonicals.identifier("niva"))
          .setValue(ReportKey.NATIONAL);
    } else {
      reporter.setReference("Organization/" + key.reporter());
      reporter.getIdentifier().setSystem(Canonicals.HSA_ID).setValue(key.reporter());
    }
    return reporter;
  }

  private static void fill(MeasureReportGroupComponent group, List<Row> rows) {
    Extension statistics = new Extension(Canonicals.structureDefinition("statistik"));
    Map<String, Map<String, List<Row>>> strata = new LinkedHashMap<>();
    for (Row row : rows) {
      CellKey cell = row.cell();
      if (!cell.isWhole()) {
        strata
            .computeIfAbsent(cell.stratifier(), s -> new LinkedHashMap<>())
            .computeIfAbsent(cell.stratum(), s -> new ArrayList<>())
            .add(row);
      } else if (isStatistic(cell)) {
        statistics.addExtension(statistic(row));
      } else if (cell.statistic().equals(CellKey.SCORE)) {
        group.setMeasureScore(quantity(row));
      } else {
        MeasureReportGroupPopulationComponent population = group.addPopulation();
        population.setCode(code(POPULATIONS, cell.statistic()));
        population.setCountElement(count(row));
      }
      if (cell.isWhole() && cell.statistic().equals(CellKey.MEAN)) {
        group.setMeasureScore(quantity(row));
      }
    }
    if (statistics.hasExtension()) {
      group.addExtension(statistics);
    }
    strata.forEach((name, values) -> fill(group.addStratifier(), name, values));
  }

  private static void fill(
      MeasureReportGroupStratifierComponent stratifier,
      String name,
      Map<String, List<Row>> strata) {
    stratifier.addCode(code(Canonicals.codeSystem("stratifiering"), name));
    strata.forEach(
        (value, rows) -> {
          StratifierGroupComponent stratum = stratifier.addStratum();
          stratum.setValue(code(Canonicals.codeSystem("stratumvarde"), value));
          for (Row row : rows) {
            if (row.cell().statistic().equals(CellKey.SCORE)) {
              stratum.setMeasureScore(quantity(row));
            } else {
              StratifierGroupPopulationComponent population = stratum.addPopulation();
              population.setCode(code(POPULATIONS, row.cell().statistic()));
              population.setCountElement(count(row));
            }
          }
        });
  }

  private static boolean isStatistic(CellKey cell) {
    return cell.isQuantity()
        || cell.statistic().equals(CellKey.COUNT)
        || cell.statistic().equals(CellKey.PATIENTS);
  }

  private static Extension statistic(Row row) {
    return new Extension(
        row.cell().statistic(), row.cell().isQuantity() ? quantity(row) : count(row));
  }

  private static IntegerType count(Row row) {
    IntegerType count = new IntegerType();
    if (row.value() != null) {
      count.setValue(row.value().intValueExact());
    }
    return absent(count, row.state());
  }

  private static Quantity quantity(Row row) {
    Quantity quantity = new Quantity();
    if (row.value() != null) {
      quantity.setValue(row.value());
    }
    if (!row.unit().isEmpty()) {
      quantity.setSystem("http://unitsofmeasure.org").setCode(row.unit()).setUnit(row.unit());
    }
    return absent(quantity, row.state());
  }

  private static <T extends Element> T absent(T element, CellState state) {
    String reason =
        switch (state) {
          case VALUE, ZERO -> "";
          case HIDDEN -> "masked";
          case NOT_REPORTED -> "unknown";
          case NO_DATA -> "not-applicable";
        };
    if (!reason.isEmpty()) {
      element.addExtension(ReportedGroup.ABSENT_REASON, new CodeType(reason));
    }
    return element;
  }

  private static CodeableConcept group(String code) {
    return code(Canonicals.codeSystem("grupp"), code);
  }

  private static CodeableConcept code(String system, String code) {
    return new CodeableConcept(new Coding().setSystem(system).setCode(code));
  }
}
