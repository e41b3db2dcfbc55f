package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.publication.CellState.NOT_REPORTED;
import static se.nhv.fhir.publication.CellState.VALUE;
import static se.nhv.fhir.publication.SubmittedExample.A;
import static se.nhv.fhir.publication.SubmittedExample.B;
import static se.nhv.fhir.publication.SubmittedExample.MISSING;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.publication.PublishedDataSet.Row;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** What of a reporting year is published, by what was submitted, answered and owed. */
class YearlyReleaseTest {

  private static final LocalDate DATE = LocalDate.of(2025, 5, 1);
  private static final Signatory AUTHORITY = new Signatory("SE2321000000-S1", "Sara Sten");

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final NationalReports submitted = SubmittedExample.received(database.reports());
  private final Releases releases = new Releases(database.reports(), FhirContext.forR4Cached());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void aReturnedReportIsNotReportedAndRiketIsWithoutItUntilItIsSubmittedAnew() {
    submit(A, 40, 30);
    submit(B, 25, 20);
    answer(ReportingStep.RETURNED, "2025-04-01T08:00:00Z");

    PublishedDataSet returned = publish();
    submit(B, 26, 20);
    PublishedDataSet anew = publish();

    assertThat(total(returned, B.hsaId()).state()).isEqualTo(NOT_REPORTED);
    assertThat(total(returned, A.hsaId()).value()).isEqualByComparingTo("70");
    assertThat(total(returned, ReportKey.NATIONAL).value()).isEqualByComparingTo("70");
    assertThat(returned.parts().get(key(ReportKey.NATIONAL))).containsExactly(key(A.hsaId()));
    assertThat(total(anew, B.hsaId()).value()).isEqualByComparingTo("46");
    assertThat(total(anew, ReportKey.NATIONAL).value()).isEqualByComparingTo("116");
  }

  @Test
  void whatIsAcceptedOrNotAnsweredIsPublishedAsItWasSubmitted() {
    submit(A, 40, 30);
    submit(B, 25, 20);
    assertThat(total(publish(), B.hsaId()).state()).as("not answered").isEqualTo(VALUE);
    answer(ReportingStep.ACCEPTED, "2025-04-01T08:00:00Z");
    assertThat(total(publish(), B.hsaId()).state()).as("accepted").isEqualTo(VALUE);
  }

  @Test
  void whereAllIsReturnedNothingIsPublished() {
    submit(B, 25, 20);
    answer(ReportingStep.RETURNED, "2025-04-01T08:00:00Z");

    assertThatThrownBy(this::publish)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not returned");
    assertThat(releases.latest()).isZero();
  }

  @Test
  void aMeasureThatNoUnitHasSubmittedIsPublishedAsNotReported() {
    submit(A, 40, 30);

    PublishedDataSet published = publish();

    List<Row> rate =
        published.rows().stream()
            .filter(row -> row.cell().report().measure().id().equals("NETO1-2.0.0"))
            .toList();
    assertThat(rate).allMatch(row -> row.state() == NOT_REPORTED);
    assertThat(rate.stream().map(row -> row.cell().report().reporter()).distinct())
        .containsExactly(A.hsaId(), B.hsaId(), MISSING.hsaId());
    assertThat(rate)
        .extracting(row -> row.cell().statistic())
        .contains("denominator", "numerator", "score");
    assertThat(published.rows())
        .filteredOn(row -> row.cell().report().measure().id().equals("NETT1-2.0.0"))
        .extracting(row -> row.cell().statistic())
        .contains("measure-population", "count", "mean", "median");
    assertThat(releases.published(1)).hasValue(published);
  }

  private PublishedDataSet publish() {
    return new YearlyRelease(OwedReports.content(), submitted, SubmittedExample.PERMITS, releases)
        .publish(SubmittedExample.YEAR, DATE)
        .published();
  }

  private void submit(Unit unit, int men, int women) {
    SubmittedExample.national(database.reports()).save(OwedReports.patients(unit, men, women));
    submitted.refreshRiket();
  }

  /** To B's latest report. */
  private void answer(ReportingStep step, String when) {
    MeasureReport report =
        submitted.all(ReportQuery.all(100)).stream()
            .filter(it -> B.hsaId().equals(CubeReader.key(it).reporter()))
            .findFirst()
            .orElseThrow();
    @Nullable String reason = step == ReportingStep.RETURNED ? "Rätta antalet kvinnor" : null;
    submitted.answer(
        List.of(
            new SignedStep(
                    step,
                    report.getIdPart(),
                    Long.parseLong(report.getMeta().getVersionId()),
                    ReportHash.of(report),
                    AUTHORITY,
                    SignedStep.AUTHORITY,
                    Instant.parse(when),
                    reason)
                .provenance()));
  }

  private static ReportKey key(String reporter) {
    return Reported.key("NETB1", "2.0.0", reporter, 2024);
  }

  private static Row total(PublishedDataSet published, String reporter) {
    CellKey cell = new CellKey(key(reporter), "total", "", "", "initial-population");
    return published.rows().stream()
        .filter(row -> row.cell().equals(cell))
        .findFirst()
        .orElseThrow();
  }
}
