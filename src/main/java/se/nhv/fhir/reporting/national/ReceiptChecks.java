package se.nhv.fhir.reporting.national;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.ReportCodes;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;

/**
 * What a unit's report must fulfil to be received, beyond what it takes to read it: it is owed by
 * now, the unit held a permit, its figures can be, and it says nothing but its figures, in the
 * words of its Measure.
 *
 * @param content the Measures and their codes
 * @param permits who may report
 * @param clock its day, in its zone, is today
 */
record ReceiptChecks(Content content, ExpectedUnits permits, Clock clock) {

  private static final int FIRST_YEAR = 2019;
  private static final int GRACE = 1; // days by which clocks and zones may differ
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern MAPPING =
      Pattern.compile("ingen|k[0-9]{1,6}r[0-9]{1,6}-[0-9a-f]{12}");

  /**
   * Refuses any other report.
   *
   * @throws se.nhv.fhir.reporting.ReportRefusedException with the element that is not as it must be
   */
  void require(SubmittedReport report) {
    LocalDate latest = LocalDate.now(clock).plusDays(GRACE);
    requireOwed(report, new ReportingYear(latest.getYear()));
    report.requireContent();
    requireAsOf(report, latest);
    requirePermit(report);
    requireContent(report);
  }

  /** Refuses figures that cannot be, codes that are not known, and anything beside them. */
  void requireContent(SubmittedReport report) {
    requireFigures(report);
    requireForm(report);
  }

  private static void requireOwed(SubmittedReport report, ReportingYear now) {
    MeasureDefinition measure = report.measure();
    boolean owed =
        IntStream.rangeClosed(FIRST_YEAR, now.value())
            .mapToObj(ReportingYear::new)
            .filter(measure.schedule()::isOwed)
            .anyMatch(
                y -> measure.schedule().period(y).filter(report.period()::equals).isPresent());
    if (!owed || !measure.isComputable()) {
      throw Refusals.report(
          "MeasureReport.period", "of " + measure.reference() + " is owed in no year up to " + now);
    }
  }

  private static void requireAsOf(SubmittedReport report, LocalDate latest) {
    String place = "MeasureReport.extension(underlag).asOf";
    if (!report.asOf().isAfter(report.period().end())) {
      throw Refusals.report(place, "must be after the last day of the period");
    }
    if (report.asOf().isAfter(latest)) {
      throw Refusals.report(place, "must not be in the future");
    }
  }

  /** As what is owed follows from the permits, so does what is taken. */
  private void requirePermit(SubmittedReport report) {
    Area area = report.measure().area();
    boolean permitted =
        permits.of(area).stream()
            .filter(permit -> permit.unit().equals(report.unit()))
            .anyMatch(permit -> permit.within(report.period()).isPresent());
    if (!permitted && hasPermits()) {
      throw Refusals.permit(report.unit(), area);
    }
  }

  private boolean hasPermits() {
    return content.measures().stream()
        .map(MeasureDefinition::area)
        .distinct()
        .anyMatch(area -> !permits.of(area).isEmpty());
  }

  private void requireFigures(SubmittedReport report) {
    ReportCodes codes = ReportCodes.of(content);
    List<MeasureGroupComponent> groups = report.measure().resource().getGroup();
    for (int g = 0; g < groups.size(); g++) {
      FigureChecks checks = new FigureChecks(groups.get(g), "MeasureReport.group[" + g + "]");
      checks.require(report.groups().get(g));
      checks.requireCodes(report.groups().get(g), codes);
    }
  }

  private static void requireForm(SubmittedReport report) {
    String basis = "MeasureReport.extension(underlag).";
    if (!HASH.matcher(report.snapshotHash()).matches()) {
      throw Refusals.report(basis + "snapshotHash", "must be 64 hexadecimal digits");
    }
    String mapping = report.mappingVersion();
    if (mapping != null && !MAPPING.matcher(mapping).matches()) {
      throw Refusals.report(basis + "mappingVersion", "must be the version of a mapping, or ingen");
    }
    FormDifference.between(report.report(), ReportWriting.of(report))
        .ifPresent(
            place -> {
              throw Refusals.report(place, "is not what the figures and the Measure give there");
            });
  }
}
