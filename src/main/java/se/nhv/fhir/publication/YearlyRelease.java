package se.nhv.fhir.publication;

import ca.uhn.fhir.context.FhirContext;
import java.time.LocalDate;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.store.ResourceStore;

/**
 * Publishes a reporting year: the latest submitted report of each unit and Riket, of every Measure
 * that is owed that year. A unit that holds a permit and has not submitted is published as such, as
 * Riket names it. Safe for use by many threads at once.
 */
public final class YearlyRelease {

  private final Content content;
  private final Reports submitted;
  private final Releases releases;
  private final Publication publication;

  /**
   * From the national side of that store, under the default policy.
   *
   * @param content the Measures that are owed, and the values of strata
   * @param store the reports store, in which the release is kept as well
   * @param fhir a context of FHIR R4
   */
  public YearlyRelease(Content content, ResourceStore store, FhirContext fhir) {
    this.content = content;
    this.submitted = Reports.in(NationalReports.PARTITION, store, fhir);
    this.releases = new Releases(store, fhir);
    this.publication = new Publication(DisclosurePolicy.DEFAULT, StratumValues.of(content));
  }

  /**
   * Makes the next release, audits it against all earlier ones, and keeps it durably.
   *
   * @param date the day for which it speaks
   * @throws DisclosureRefusedException if hidden figures could be worked out whatever is hidden;
   *     nothing is kept then
   * @throws IllegalArgumentException if nothing was submitted of that year, or the reports do not
   *     fit together; nothing is kept then
   * @throws se.nhv.fhir.store.VersionConflictException if another release was kept meanwhile
   */
  public Release publish(ReportingYear year, LocalDate date) {
    SubmittedReports reports = SubmittedReports.of(year, content, submitted);
    if (reports.units().isEmpty()) {
      throw new IllegalArgumentException(
          "no unit has submitted a report of reporting year " + year + ": nothing is published");
    }
    Release release =
        publication.release(
            reports.units(), reports.national(), reports.expected(), date, releases.all());
    releases.keep(release);
    return release;
  }
}
