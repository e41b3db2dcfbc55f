package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.national.ExpectedUnit;
import se.nhv.fhir.reporting.national.ExpectedUnits;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.run.SyntheticReports;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * All owed Measures of three units over two years, as large as a release gets here, with strata
 * that relate to each other as real ones do.
 */
class SyntheticReleasesTest {

  private static final Content CONTENT = SyntheticReports.CONTENT;
  private static final List<ReportingYear> YEARS =
      List.of(new ReportingYear(2025), new ReportingYear(2026));
  private static final ExpectedUnits PERMITS =
      area ->
          SyntheticHospitals.units().stream()
              .filter(unit -> unit.areas().keySet().stream().anyMatch(it -> it.area().equals(area)))
              .map(unit -> new ExpectedUnit(unit.unit(), LocalDate.of(2018, 1, 1), null))
              .toList();

  @Test
  void yearAfterYearAndOnceMoreIsPublishedAndGivesNothingAway() {
    try (StoreDatabase database =
        StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()))) {
      NationalReports submitted =
          new NationalReports(
              database.reports(), FhirContext.forR4Cached(), CONTENT, PERMITS, Clock.systemUTC());
      submit(Reports.in(NationalReports.PARTITION, database.reports(), FhirContext.forR4Cached()));
      submitted.refreshRiket();
      YearlyRelease yearly =
          new YearlyRelease(
              CONTENT,
              submitted,
              PERMITS,
              new Releases(database.reports(), FhirContext.forR4Cached()));

      List<Release> releases = new ArrayList<>();
      for (ReportingYear year : YEARS) {
        releases.add(yearly.publish(year, LocalDate.of(2026, 5, 1)));
      }
      releases.add(yearly.publish(YEARS.get(0), LocalDate.of(2026, 6, 1)));

      new ReleaseAttack("the years of the demo", releases).fails();
      assertThat(releases.get(2).published().rows())
          .as("nothing is new")
          .isEqualTo(releases.get(0).published().rows());
      assertThat(releases)
          .extracting(release -> count(release, CellState.VALUE))
          .as("figures that are shown")
          .allMatch(shown -> shown > 200);
      assertThat(releases)
          .extracting(release -> count(release, CellState.HIDDEN))
          .as("figures that are hidden: each unit has strata of few patients")
          .allMatch(hidden -> hidden > 50);
    }
  }

  private static void submit(Reports national) {
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      SyntheticReports reports = SyntheticReports.of(unit);
      for (ReportingYear year : YEARS) {
        Set<String> owed =
            CONTENT.measures().stream()
                .filter(measure -> measure.schedule().isOwed(year))
                .map(measure -> measure.reference().canonical())
                .collect(Collectors.toSet());
        List<MeasureReport> ofYear =
            reports.in(year).stream().filter(it -> owed.contains(it.getMeasure())).toList();
        national.save(ofYear);
      }
    }
  }

  private static long count(Release release, CellState state) {
    return release.published().rows().stream().filter(row -> row.state() == state).count();
  }
}
