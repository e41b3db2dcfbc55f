package se.nhv.fhir.publication;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;

/** The figures of one exact report, written down by hand in a test, and sums of such. */
final class Reported {

  private final ReportKey key;

  /** By group, stratifier, stratum and population, in the order in which they were given. */
  private final Map<List<String>, Long> counts = new LinkedHashMap<>();

  /** By group: mean and standard deviation. */
  private final Map<String, double[]> moments = new TreeMap<>();

  private final List<Reported> parts = new ArrayList<>();

  private Reported(ReportKey key) {
    this.key = key;
  }

  static Reported of(String measure, String unit, int year) {
    return new Reported(key(measure, unit, year));
  }

  static Reported of(String measure, String version, String unit, int year) {
    return new Reported(key(measure, version, unit, year));
  }

  static ReportKey key(String measure, String reporter, int year) {
    return key(measure, "1.0.0", reporter, year);
  }

  static ReportKey key(String measure, String version, String reporter, int year) {
    return new ReportKey(
        reporter, new MeasureReference(measure, version), MeasurementPeriod.calendarYear(year));
  }

  /** Its cell of the whole group named total. */
  CellKey total(String statistic) {
    return new CellKey(key, "total", "", "", statistic);
  }

  Reported count(String group, String population, long count) {
    counts.put(List.of(group, "", "", population), count);
    return this;
  }

  Reported stratum(String stratifier, String stratum, String population, long count) {
    counts.put(List.of("total", stratifier, stratum, population), count);
    return this;
  }

  Reported proportion(long denominator, long excluded, long numerator) {
    return count("total", "initial-population", denominator)
        .count("total", "denominator", denominator)
        .count("total", "denominator-exclusion", excluded)
        .count("total", "numerator", numerator);
  }

  Reported values(String group, long number, double mean, double deviation) {
    count(group, "measure-population", number);
    moments.put(group, new double[] {mean, deviation});
    return this;
  }

  /** The national figures: counts summed, means and deviations pooled. */
  static Reported sum(List<Reported> units) {
    return sum(units, units.get(0).key.period());
  }

  /** The national figures of several years. */
  static Reported sum(List<Reported> units, MeasurementPeriod period) {
    Reported sum =
        new Reported(new ReportKey(ReportKey.NATIONAL, units.get(0).key.measure(), period));
    sum.parts.addAll(units);
    units.forEach(unit -> unit.counts.forEach((at, n) -> sum.counts.merge(at, n, Long::sum)));
    for (String group : units.get(0).moments.keySet()) {
      double n = 0;
      double total = 0;
      double squares = 0;
      for (Reported unit : units) {
        double of = unit.size(group);
        double[] m = unit.moments.getOrDefault(group, new double[2]);
        n += of;
        total += of * m[0];
        squares += (of - 1) * m[1] * m[1] + of * m[0] * m[0];
      }
      double mean = total / n;
      sum.moments.put(
          group, new double[] {mean, Math.sqrt(Math.max(0, squares - n * mean * mean) / (n - 1))});
    }
    return sum;
  }

  private long size(String group) {
    return counts.getOrDefault(List.of(group, "", "", "measure-population"), 0L);
  }

  long get(String group, String population) {
    return counts.getOrDefault(List.of(group, "", "", population), 0L);
  }

  ReportKey key() {
    return key;
  }

  /** The figures as a MeasureReport. */
  MeasureReport report() {
    MeasureReport report = new MeasureReport();
    report.setId(CubeReader.id(key));
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(key.measure().canonical());
    report
        .getPeriod()
        .setStartElement(new DateTimeType(key.period().start().toString()))
        .setEndElement(new DateTimeType(key.period().end().toString()));
    if (key.isNational()) {
      report.getReporter().getIdentifier().setSystem("niva").setValue(ReportKey.NATIONAL);
      parts.forEach(
          part ->
              report.addExtension(
                  Canonicals.structureDefinition("aggregerad-av"),
                  new Reference("MeasureReport/" + CubeReader.id(part.key))));
    } else {
      report.getReporter().setReference("Organization/" + key.reporter());
    }
    counts.forEach((at, count) -> add(report, at, count));
    report.getGroup().forEach(this::complete);
    return report;
  }

  private static void add(MeasureReport report, List<String> at, long count) {
    MeasureReportGroupComponent group =
        report.getGroup().stream()
            .filter(g -> g.getCode().getCodingFirstRep().getCode().equals(at.get(0)))
            .findFirst()
            .orElseGet(() -> report.addGroup().setCode(code(at.get(0))));
    if (at.get(1).isEmpty()) {
      group.addPopulation().setCode(code(at.get(3))).setCount((int) count);
      return;
    }
    MeasureReportGroupStratifierComponent stratifier =
        group.getStratifier().stream()
            .filter(s -> s.getCodeFirstRep().getCodingFirstRep().getCode().equals(at.get(1)))
            .findFirst()
            .orElseGet(
                () -> {
                  MeasureReportGroupStratifierComponent added = group.addStratifier();
                  added.addCode(code(at.get(1)));
                  return added;
                });
    StratifierGroupComponent stratum = stratifier.addStratum().setValue(code(at.get(2)));
    stratum.addPopulation().setCode(code(at.get(3))).setCount((int) count);
  }

  private void complete(MeasureReportGroupComponent group) {
    String name = group.getCode().getCodingFirstRep().getCode();
    long denominator =
        counts.getOrDefault(List.of(name, "", "", "denominator"), 0L)
            - counts.getOrDefault(List.of(name, "", "", "denominator-exclusion"), 0L);
    if (denominator > 0) {
      long numerator = counts.getOrDefault(List.of(name, "", "", "numerator"), 0L);
      group.setMeasureScore(
          new Quantity()
              .setValue(
                  BigDecimal.valueOf(numerator)
                      .divide(BigDecimal.valueOf(denominator), new MathContext(12))));
    }
    double[] moment = moments.get(name);
    if (moment != null) {
      long n = size(name);
      Extension statistics = group.addExtension();
      statistics.setUrl(Canonicals.structureDefinition("statistik"));
      statistics.addExtension("count", new IntegerType((int) n));
      statistics.addExtension("mean", days(n == 0 ? null : moment[0]));
      statistics.addExtension("standard-deviation", days(n < 2 ? null : moment[1]));
      statistics.addExtension("median", days(n == 0 || key.isNational() ? null : moment[0]));
    }
  }

  private static Quantity days(@Nullable Double value) {
    return value == null
        ? new Quantity()
        : new Quantity().setValue(new BigDecimal(value, new MathContext(12))).setCode("d");
  }

  private static CodeableConcept code(String code) {
    return new CodeableConcept(new Coding().setCode(code));
  }
}
