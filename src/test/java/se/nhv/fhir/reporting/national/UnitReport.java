package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupStratifierComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.MeasureReport.StratifierGroupComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;

/** A unit's report of a real Measure, with figures written by hand. */
final class UnitReport {

  static final Content CONTENT = Content.packed();

  private final MeasureDefinition measure;
  private final MeasureReport report = new MeasureReport();

  UnitReport(String id, String unit, int year) {
    this(id, unit, year + "-01-01", year + "-12-31");
  }

  UnitReport(String id, String unit, String start, String end) {
    measure = measure(id);
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue(id + "-" + unit + "-" + start + "-" + end);
    report.setMeasure(measure.reference().canonical());
    report.getReporter().setReference("Organization/" + unit);
    report.getReporter().getIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit);
    report
        .getPeriod()
        .setStartElement(new DateTimeType(start))
        .setEndElement(new DateTimeType(end));
    Extension basis = report.addExtension().setUrl(Canonicals.structureDefinition("underlag"));
    basis.addExtension("contentHash", new StringType(measure.contentHash()));
    basis.addExtension("snapshotHash", new StringType("beef".repeat(16)));
    basis.addExtension("mappingVersion", new StringType("ingen"));
    basis.addExtension("asOf", new DateType());
    asOf(LocalDate.parse(end).plusMonths(2).plusDays(1).toString());
    report.setImprovementNotation(
        measure.resource().hasImprovementNotation()
            ? measure.resource().getImprovementNotation()
            : null);
    measure.resource().getGroup().forEach(this::group);
  }

  static MeasureDefinition measure(String id) {
    return CONTENT.measures().stream()
        .filter(m -> m.reference().id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private void group(MeasureGroupComponent defined) {
    MeasureReportGroupComponent group = report.addGroup();
    group.setCode(defined.getCode());
    defined.getPopulation().forEach(p -> group.addPopulation().setCode(p.getCode()).setCount(0));
    for (MeasureGroupStratifierComponent stratifier : defined.getStratifier()) {
      group.addStratifier().addCode(MeasureElements.code(stratifier));
    }
    if (MeasureElements.hasObservation(defined)) {
      statistics(group, defined, 0, null, null);
    }
  }

  /** The counts of a group, in the order of the Measure's populations. */
  UnitReport counts(int group, int... counts) {
    for (int p = 0; p < counts.length; p++) {
      report.getGroup().get(group).getPopulation().get(p).setCount(counts[p]);
    }
    return this;
  }

  /** The score of the first group, a plain number. */
  UnitReport score(String score) {
    report.getGroupFirstRep().setMeasureScore(new Quantity().setValue(new BigDecimal(score)));
    return this;
  }

  /** The counts of a stratum of the first group. */
  UnitReport stratum(int stratifier, String value, int... counts) {
    MeasureReportGroupComponent group = report.getGroupFirstRep();
    MeasureReportGroupStratifierComponent reported = group.getStratifier().get(stratifier);
    StratifierGroupComponent stratum = reported.addStratum();
    stratum.setValue(
        new CodeableConcept(
            new Coding().setSystem(Canonicals.codeSystem("stratumvarde")).setCode(value)));
    for (int p = 0; p < counts.length; p++) {
      stratum.addPopulation().setCode(group.getPopulation().get(p).getCode()).setCount(counts[p]);
    }
    return this;
  }

  /** Number, mean and deviation of the first group; null where there is none. */
  UnitReport values(int count, @Nullable String mean, @Nullable String deviation) {
    MeasureReportGroupComponent group = report.getGroupFirstRep();
    group.getExtension().removeIf(e -> e.getUrl().endsWith("/statistik"));
    MeasureGroupComponent defined = measure.resource().getGroupFirstRep();
    statistics(group, defined, count, mean, deviation);
    group.setMeasureScore(mean == null ? null : quantity(mean, MeasureElements.unit(defined)));
    return counts(0, count, count, count);
  }

  private static void statistics(
      MeasureReportGroupComponent group,
      MeasureGroupComponent defined,
      int count,
      @Nullable String mean,
      @Nullable String deviation) {
    Coding unit = MeasureElements.unit(defined);
    Extension statistics = group.addExtension().setUrl(Canonicals.structureDefinition("statistik"));
    statistics.addExtension("count", new IntegerType(count));
    statistics.addExtension("mean", quantity(mean, unit));
    statistics.addExtension("standard-deviation", quantity(deviation, unit));
    for (String percentile : new String[] {"p10", "median", "p90"}) {
      statistics.addExtension(percentile, quantity(mean, unit));
    }
    if (!MeasureElements.isBooleanBasis(defined)) {
      statistics.addExtension("patients", new IntegerType(count));
    }
  }

  private static Quantity quantity(@Nullable String value, Coding unit) {
    if (value == null) {
      Quantity none = new Quantity();
      none.addExtension(
          "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
          new CodeType("not-applicable"));
      return none;
    }
    return new Quantity()
        .setValue(new BigDecimal(value))
        .setUnit(unit.getDisplay())
        .setSystem(unit.getSystem())
        .setCode(unit.getCode());
  }

  /** The percentiles of the first group. */
  UnitReport percentiles(String p10, String median, String p90) {
    Coding unit = MeasureElements.unit(measure.resource().getGroupFirstRep());
    statistik().getExtensionByUrl("p10").setValue(quantity(p10, unit));
    statistik().getExtensionByUrl("median").setValue(quantity(median, unit));
    statistik().getExtensionByUrl("p90").setValue(quantity(p90, unit));
    return this;
  }

  UnitReport patients(int patients) {
    statistik().getExtensionByUrl("patients").setValue(new IntegerType(patients));
    return this;
  }

  private Extension statistik() {
    return report.getGroupFirstRep().getExtensionByUrl(Canonicals.structureDefinition("statistik"));
  }

  UnitReport bortfall(String reason, int count) {
    Extension extension = report.getGroupFirstRep().addExtension();
    extension.setUrl(Canonicals.structureDefinition("bortfall"));
    extension.addExtension("reason", new CodeType(reason));
    extension.addExtension("count", new IntegerType(count));
    return this;
  }

  UnitReport asOf(String day) {
    report.setDateElement(new DateTimeType(day));
    report
        .getExtensionByUrl(Canonicals.structureDefinition("underlag"))
        .getExtensionByUrl("asOf")
        .setValue(new DateType(day));
    return this;
  }

  /** As it is read from the store at that revision. */
  MeasureReport revision(int revision) {
    MeasureReport read = report.copy();
    read.getMeta().setVersionId(Integer.toString(revision));
    return read;
  }

  MeasureReport report() {
    return report.copy();
  }

  /** Hides the first count. */
  static void mask(MeasureReport report) {
    IntegerType count = new IntegerType();
    count.addExtension(
        "http://hl7.org/fhir/StructureDefinition/data-absent-reason", new CodeType("masked"));
    report.getGroupFirstRep().getPopulationFirstRep().setCountElement(count);
  }
}
