package se.nhv.fhir.reporting.national;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.ReportId;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.store.Change;

/** Riket as it follows from the submitted reports, as a change to be kept together with them. */
final class NationalLevel {

  private static final int PAGE = 200;

  private final Reports reports;
  private final Content content;
  private final ExpectedUnits permits;
  private final Riket riket;

  NationalLevel(Reports reports, Content content, ExpectedUnits permits) {
    this.reports = reports;
    this.content = content;
    this.permits = permits;
    this.riket = new Riket(content);
  }

  /** The revision of a report that was read; 1 or more. */
  static int revision(MeasureReport report) {
    return Integer.parseInt(report.getMeta().getVersionId());
  }

  /** The change of Riket when that is received. */
  Optional<Change> change(Submission submission) {
    MeasureReport report = submission.report().report().copy();
    report.getMeta().setVersionId(Integer.toString(submission.revision()));
    MeasureDefinition measure = submission.report().measure();
    return change(new Owed(measure.reference(), submission.report().period()), report);
  }

  /**
   * The change that keeps Riket as the next revision. It conflicts if Riket has been worked out
   * anew since: its revision is read before the units' reports, and each of these comes with a new
   * revision of Riket, so none that came meanwhile is left out.
   *
   * @param received a unit's report that is to be kept with it, or null
   * @return empty if no unit's report can be used and there is no Riket that says otherwise
   */
  Optional<Change> change(Owed owed, @Nullable MeasureReport received) {
    MeasureDefinition measure = content.measure(owed.measure()).orElseThrow();
    Optional<MeasureReport> former = reports.read(ReportId.ofRiket(owed));
    long current = former.map(NationalLevel::revision).orElse(0);
    List<MeasureReport> latest = new ArrayList<>();
    for (MeasureReport report :
        reports.all(ReportQuery.of("measure", measure.reference().canonical(), PAGE))) {
      boolean replaced = received != null && report.getIdPart().equals(received.getIdPart());
      if (isOfUnit(report) && !replaced && SubmittedReport.period(report).equals(owed.period())) {
        latest.add(report);
      }
    }
    if (received != null) {
      latest.add(received);
    }
    List<ExpectedUnit> expected = permits.of(measure.area());
    return riket
        .of(measure, owed.period(), latest, expected)
        .or(() -> former.map(it -> riket.without(it, measure, owed.period(), latest, expected)))
        .map(report -> reports.change(reports.summary(report), current));
  }

  /** Every Measure and period of which a unit has submitted a report, and which is known here. */
  Set<Owed> all() {
    Set<Owed> all = new LinkedHashSet<>();
    for (MeasureReport report : reports.all(new ReportQuery(Map.of(), null, PAGE))) {
      content.measures().stream()
          .filter(measure -> measure.reference().canonical().equals(report.getMeasure()))
          .map(measure -> new Owed(measure.reference(), period(report)))
          .forEach(all::add);
    }
    return all;
  }

  private static MeasurementPeriod period(MeasureReport report) {
    return SubmittedReport.period(report);
  }

  private static boolean isOfUnit(MeasureReport report) {
    return report.getReporter().hasReference();
  }
}
