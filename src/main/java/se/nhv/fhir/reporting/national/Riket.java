package se.nhv.fhir.reporting.national;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Type;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/**
 * The report for the country (Riket) of a Measure and period, from the units' reports and never
 * from patients: counts, populations, strata and what was not counted are added, mean and standard
 * deviation pooled, percentiles left out. It names the exact revision of every report used, the
 * units that are missing and why, and those that held a permit for a part of the period only. Safe
 * for use by many threads at once.
 */
public final class Riket {

  /** The value of the identifier {@code niva} of its reporter. */
  public static final String LEVEL = "riket";

  private final Content content;

  /** For the Measures of that content. */
  public Riket(Content content) {
    this.content = content;
  }

  /**
   * The report, without id; empty if no unit's report can be used, for then there is nothing to add
   * up.
   *
   * @param measure the Measure
   * @param period the measurement period
   * @param reports the latest revision of each unit's report of that Measure and period, with its
   *     revision in {@code meta}
   * @param permits the permits for the Measure's area
   * @throws se.nhv.fhir.reporting.ReportRefusedException if a report does not have the groups that
   *     its Measure defines
   */
  public Optional<MeasureReport> of(
      MeasureDefinition measure,
      MeasurementPeriod period,
      Collection<MeasureReport> reports,
      List<ExpectedUnit> permits) {
    List<SubmittedReport> used =
        reports.stream()
            .filter(report -> unusable(report, measure).isEmpty())
            .map(report -> SubmittedReport.of(report, content))
            .toList();
    if (used.isEmpty()) {
      return Optional.empty();
    }
    MeasureReport riket = new PooledReport(measure, period, used).atLevel(LEVEL);
    addMissing(riket, measure, period, reports, permits);
    return Optional.of(riket);
  }

  /**
   * What stands for a former Riket when no unit's report can be used any more: a report in error,
   * with no figures, that says of each unit why it is missing. Parameters as of {@link #of}.
   *
   * @param former Riket as it was kept
   */
  MeasureReport without(
      MeasureReport former,
      MeasureDefinition measure,
      MeasurementPeriod period,
      Collection<MeasureReport> reports,
      List<ExpectedUnit> permits) {
    MeasureReport riket = former.copy();
    riket.setStatus(MeasureReportStatus.ERROR).setGroup(null);
    riket
        .getExtension()
        .removeIf(it -> !Canonicals.structureDefinition("underlag").equals(it.getUrl()));
    addMissing(riket, measure, period, reports, permits);
    return riket;
  }

  private static void addMissing(
      MeasureReport riket,
      MeasureDefinition measure,
      MeasurementPeriod period,
      Collection<MeasureReport> reports,
      List<ExpectedUnit> permits) {
    SortedMap<Unit, List<MeasurementPeriod>> expected = Coverage.of(permits, period);
    SortedMap<Unit, String> missing = new TreeMap<>();
    expected.keySet().forEach(unit -> missing.put(unit, "ej-inlamnad"));
    for (MeasureReport report : reports) {
      Unit unit = SubmittedReport.unit(report);
      missing.remove(unit);
      unusable(report, measure).ifPresent(reason -> missing.put(unit, reason));
    }
    missing.forEach((unit, reason) -> riket.addExtension(missing(unit, reason)));
    expected.forEach(
        (unit, days) -> {
          if (!days.equals(List.of(period))) {
            days.forEach(some -> riket.addExtension(partial(unit, some)));
          }
        });
  }

  /** Why a report is not added to others, as a code of {@code saknadsskal}. */
  private static Optional<String> unusable(MeasureReport report, MeasureDefinition measure) {
    if (report.getStatus() != MeasureReportStatus.COMPLETE) {
      return Optional.of(report.getStatus() == MeasureReportStatus.ERROR ? "fel" : "ej-inlamnad");
    }
    if (Masking.isIn(report)) {
      return Optional.of("maskerad");
    }
    return SubmittedReport.hasContent(report, measure)
        ? Optional.empty()
        : Optional.of("annat-innehall");
  }

  private static Extension missing(Unit unit, String reason) {
    return aboutUnit("saknad-enhet", unit, "reason", new CodeType(reason));
  }

  private static Extension partial(Unit unit, MeasurementPeriod days) {
    Period period =
        new Period()
            .setStartElement(new DateTimeType(days.start().toString()))
            .setEndElement(new DateTimeType(days.end().toString()));
    return aboutUnit("del-av-period", unit, "period", period);
  }

  private static Extension aboutUnit(String id, Unit unit, String part, Type value) {
    Extension extension = new Extension(Canonicals.structureDefinition(id));
    extension.addExtension(
        "unit", new Identifier().setSystem(Canonicals.HSA_ID).setValue(unit.hsaId()));
    extension.addExtension(part, value);
    return extension;
  }
}
