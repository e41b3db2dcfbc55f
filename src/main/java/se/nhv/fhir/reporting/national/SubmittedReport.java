package se.nhv.fhir.reporting.national;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportId;

/**
 * A unit's report, read once.
 *
 * @param report the report; its meta holds the revision
 * @param measure its Measure
 * @param unit who reports
 * @param period of which it speaks
 * @param groups the figures of each group, in the order of the Measure's groups
 */
record SubmittedReport(
    MeasureReport report,
    MeasureDefinition measure,
    Unit unit,
    MeasurementPeriod period,
    List<GroupFigures> groups) {

  private static final String ORGANIZATION = "Organization/";

  /**
   * Reads a report that holds figures of a unit.
   *
   * @throws se.nhv.fhir.reporting.ReportRefusedException with the place of what does not fit
   */
  static SubmittedReport of(MeasureReport report, Content content) {
    if (report.getStatus() != MeasureReportStatus.COMPLETE) {
      throw Refusals.report("MeasureReport.status", "must be complete");
    }
    MeasureDefinition measure = measure(report, content);
    Unit unit = unit(report);
    MeasurementPeriod period = period(report);
    requireIdentifier(report, measure, unit, period);
    underlag(report, "snapshotHash");
    asOf(report);
    return new SubmittedReport(report, measure, unit, period, groups(report, measure));
  }

  /** Refuses figures that other content than ours has produced under the same version. */
  void requireContent() {
    if (!hasContent(report, measure)) {
      throw Refusals.report(
          "MeasureReport.extension(underlag).contentHash",
          "is not that of " + measure.reference() + " here; update the adapter first");
    }
  }

  static boolean hasContent(MeasureReport report, MeasureDefinition measure) {
    return underlag(report, "contentHash").equals(measure.contentHash());
  }

  /** The exact revision, as a relative reference; without it when the report was never kept. */
  String reference() {
    String id = "MeasureReport/" + ReportId.of(report);
    return report.getMeta().hasVersionId()
        ? id + "/_history/" + report.getMeta().getVersionId()
        : id;
  }

  /** The hash of its content. */
  String hash() {
    return ReportHash.of(report);
  }

  /** The day for which it speaks. */
  LocalDate asOf() {
    return asOf(report);
  }

  private static LocalDate asOf(MeasureReport report) {
    return Days.of(underlag(report, "asOf"), "MeasureReport.extension(underlag).asOf");
  }

  /** The hash of the data that were evaluated. */
  String snapshotHash() {
    return underlag(report, "snapshotHash");
  }

  /** The version of the mapping from local codes; null where none is given. */
  @Nullable String mappingVersion() {
    return part(report, "mappingVersion");
  }

  private static MeasureDefinition measure(MeasureReport report, Content content) {
    return content.measures().stream()
        .filter(m -> m.reference().canonical().equals(report.getMeasure()))
        .findFirst()
        .orElseThrow(
            () -> Refusals.report("MeasureReport.measure", "is no Measure that is known here"));
  }

  /** Who reports; only a unit does. */
  static Unit unit(MeasureReport report) {
    String reference = report.getReporter().getReference();
    if (reference == null || !reference.startsWith(ORGANIZATION)) {
      throw Refusals.report("MeasureReport.reporter", "must be a unit, Organization/<HSA-id>");
    }
    return new Unit(reference.substring(ORGANIZATION.length()));
  }

  static MeasurementPeriod period(MeasureReport report) {
    String place = "MeasureReport.period";
    LocalDate start = Days.of(report.getPeriod().getStartElement().getValueAsString(), place);
    LocalDate end = Days.of(report.getPeriod().getEndElement().getValueAsString(), place);
    if (end.isBefore(start)) {
      throw Refusals.report(place, "ends before it starts");
    }
    return new MeasurementPeriod(start, end);
  }

  private static void requireIdentifier(
      MeasureReport report, MeasureDefinition measure, Unit unit, MeasurementPeriod period) {
    String expected =
        String.join(
            "-",
            measure.reference().id(),
            unit.hsaId(),
            period.start().toString(),
            period.end().toString());
    Identifier identifier = report.getIdentifierFirstRep();
    if (report.getIdentifier().size() != 1
        || !Canonicals.identifier("rapport").equals(identifier.getSystem())
        || !expected.equals(identifier.getValue())) {
      throw Refusals.report(
          "MeasureReport.identifier",
          "must be "
              + Canonicals.identifier("rapport")
              + "|<Measure id>-<HSA-id>-<first day>-<last day>, as the report has them");
    }
  }

  private static List<GroupFigures> groups(MeasureReport report, MeasureDefinition measure) {
    List<MeasureGroupComponent> defined = measure.resource().getGroup();
    List<MeasureReportGroupComponent> given = report.getGroup();
    List<String> expected = defined.stream().map(MeasureElements::code).toList();
    if (!given.stream()
        .map(group -> String.valueOf(group.getCode().getCodingFirstRep().getCode()))
        .toList()
        .equals(expected)) {
      throw Refusals.report(
          "MeasureReport.group", "must be those of the Measure, in its order: " + expected);
    }
    List<GroupFigures> groups = new ArrayList<>();
    for (int g = 0; g < given.size(); g++) {
      String path = "MeasureReport.group[" + g + "]";
      groups.add(new GroupReading(defined.get(g), given.get(g), path).figures());
    }
    return groups;
  }

  private static String underlag(MeasureReport report, String name) {
    String value = part(report, name);
    if (value == null) {
      throw Refusals.report("MeasureReport.extension(underlag)." + name, "is missing");
    }
    return value;
  }

  private static @Nullable String part(MeasureReport report, String name) {
    String place = "MeasureReport.extension(underlag)";
    Extension basis =
        Parts.one(report.getExtension(), Canonicals.structureDefinition("underlag"), place);
    Extension part =
        basis == null ? null : Parts.one(basis.getExtension(), name, place + "." + name);
    return part != null && part.getValue() instanceof PrimitiveType<?> value
        ? value.getValueAsString()
        : null;
  }
}
