package se.nhv.fhir.reporting.national;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;

/** Writes summary MeasureReports of one Measure and period, with codes as the Measure has them. */
record ReportWriting(MeasureDefinition measure, MeasurementPeriod period) {

  /** What the unit's adapter has written, if it wrote nothing but those figures; without id. */
  static MeasureReport of(SubmittedReport submitted) {
    ReportWriting writing = new ReportWriting(submitted.measure(), submitted.period());
    String unit = submitted.unit().hsaId();
    MeasureReport report =
        writing.report(
            unit, submitted.asOf(), submitted.snapshotHash(), submitted.mappingVersion());
    report.getReporter().setReference("Organization/" + unit);
    report.getReporter().getIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit);
    submitted.groups().forEach(figures -> writing.add(report, figures));
    return report;
  }

  /**
   * A report without reporter and groups.
   *
   * @param reporter who reports, as its identifier has it
   * @param mappingVersion null for none
   */
  MeasureReport report(
      String reporter, LocalDate asOf, String snapshotHash, @Nullable String mappingVersion) {
    MeasureReport report = new MeasureReport();
    report.addExtension(basis(asOf, snapshotHash, mappingVersion));
    report
        .addIdentifier()
        .setSystem(Canonicals.identifier("rapport"))
        .setValue(
            "%s-%s-%s-%s"
                .formatted(measure.reference().id(), reporter, period.start(), period.end()));
    report.setStatus(MeasureReportStatus.COMPLETE).setType(MeasureReportType.SUMMARY);
    report.setMeasure(measure.reference().canonical());
    report.setDateElement(new DateTimeType(asOf.toString()));
    report
        .getPeriod()
        .setStartElement(new DateTimeType(period.start().toString()))
        .setEndElement(new DateTimeType(period.end().toString()));
    if (measure.resource().hasImprovementNotation()) {
      report.setImprovementNotation(measure.resource().getImprovementNotation().copy());
    }
    return report;
  }

  /** Adds the Measure's next group, with those figures. */
  void add(MeasureReport report, GroupFigures figures) {
    List<MeasureGroupComponent> groups = measure.resource().getGroup();
    report.addGroup(new GroupWriting(groups.get(report.getGroup().size()), figures).reported());
  }

  private Extension basis(LocalDate asOf, String snapshotHash, @Nullable String mappingVersion) {
    Extension basis = new Extension(Canonicals.structureDefinition("underlag"));
    basis.addExtension("contentHash", new StringType(measure.contentHash()));
    basis.addExtension("snapshotHash", new StringType(snapshotHash));
    if (mappingVersion != null) {
      basis.addExtension("mappingVersion", new StringType(mappingVersion));
    }
    basis.addExtension("asOf", new DateType(asOf.toString()));
    return basis;
  }
}
