package se.nhv.fhir.publication;

import java.time.LocalDate;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ReportCodes;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;

/**
 * Publishes a reporting year: the latest submitted report of each unit and Riket, of every Measure
 * that is owed that year. What the authority has not answered is published as it was submitted.
 * What it has returned is published as not reported, and Riket without it, until the unit submits
 * the next revision. A unit that holds a permit and has not submitted is published as such. Safe
 * for use by many threads at once.
 */
public final class YearlyRelease {

  private final Content content;
  private final NationalReports submitted;
  private final ExpectedUnits permits;
  private final Releases releases;
  private final Publication publication;

  /**
   * Under the default policy.
   *
   * @param content the Measures that are owed, and the values of strata
   * @param submitted what units have submitted, and the authority's answers
   * @param permits who should report; those that Riket names as missing count beside them
   * @param releases where the release is kept
   */
  public YearlyRelease(
      Content content, NationalReports submitted, ExpectedUnits permits, Releases releases) {
    this.content = content;
    this.submitted = submitted;
    this.permits = permits;
    this.releases = releases;
    this.publication = new Publication(DisclosurePolicy.DEFAULT, ReportCodes.of(content).strata());
  }

  /**
   * Makes the next release, audits it against all earlier ones, and keeps it durably.
   *
   * @param date the day for which it speaks
   * @throws DisclosureRefusedException if hidden figures could be worked out whatever is hidden;
   *     nothing is kept then
   * @throws IllegalArgumentException if nothing was submitted of that year that is not returned, or
   *     the reports do not fit together; nothing is kept then
   * @throws se.nhv.fhir.store.VersionConflictException if another release was kept meanwhile
   */
  public Release publish(ReportingYear year, LocalDate date) {
    SubmittedReports reports = SubmittedReports.of(year, content, submitted, permits);
    if (reports.units().isEmpty()) {
      throw new IllegalArgumentException(
          "no unit has submitted a report of reporting year "
              + year
              + " that is not returned: nothing is published");
    }
    Release release =
        publication.release(
            reports.unitsAndOwed(content),
            reports.national(),
            reports.expected(),
            date,
            releases.all());
    releases.keep(release);
    return release;
  }
}
