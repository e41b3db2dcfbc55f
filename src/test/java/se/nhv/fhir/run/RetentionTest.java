package se.nhv.fhir.run;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.PatientRetention;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ExampleReport;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.obligation.KeptProgress;
import se.nhv.fhir.reporting.obligation.SubmittedPastDue;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/**
 * From which day data are needed, and who goes. NET is owed from 2024 (version 1.0) with a lag of a
 * year or more; each expected day is worked out from the Measures' own schedules in the test.
 */
class RetentionTest {

  private static final Content CONTENT = Content.packed();
  private static final Unit UNIT = new Unit("SE2321000016-R001");
  private static final Area NET = new Area("net");

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final Reports reports = new Reports(database.reports(), FhirContext.forR4Cached());
  private final SignOffs signOffs = new SignOffs(database.reports());

  /** They are handed in to another adapter, so that nothing is received here. */
  private final Submissions submissions =
      new Submissions(
          database.reports(), it -> new Receipt(it.report().getIdPart(), it.revision()));

  private final NationalReports national =
      new NationalReports(
          database.reports(),
          FhirContext.forR4Cached(),
          CONTENT,
          area -> List.of(),
          Clock.systemUTC());
  private final NeededData needed =
      new NeededData(
          CONTENT,
          new SubmittedPastDue(
              new KeptProgress(
                  signOffs,
                  SignedSteps.working(database.reports()),
                  () -> national,
                  (unit, report, revision) -> Optional.of(List.of())),
              Period.ofYears(1)));

  @AfterEach
  void close() {
    database.close();
  }

  private LocalDate needed(String today) {
    return needed.from(UNIT, List.of(NET), LocalDate.parse(today)).orElseThrow();
  }

  private List<String> keepAll(int year) {
    return new OwedMeasures(CONTENT)
        .request(NET, new ReportingYear(year), LocalDate.of(year, 3, 15)).measures().stream()
            .map(
                it ->
                    ExampleReport.of(
                        it.measure().reference().name(),
                        it.measure().reference().version(),
                        UNIT,
                        it.period().start().toString(),
                        it.period().end().toString()))
            .map(it -> reports.save(it).key().id())
            .toList();
  }

  private void handInAll(int year) {
    Instant now = Instant.parse(year + "-03-15T10:00:00Z");
    for (String id : keepAll(year)) {
      signOffs.review(id, 1, new Signatory("anna", "Anna Ek"), now);
      signOffs.approve(id, 1, new Signatory("bo", "Bo Lind"), now);
      submissions.submit(submissions.order(UNIT, id, null, null, now));
    }
  }

  private LocalDate earliest(int year) {
    return new OwedMeasures(CONTENT)
        .request(NET, new ReportingYear(year), LocalDate.of(year, 3, 15)).measures().stream()
            .map(it -> it.period().start())
            .min(LocalDate::compareTo)
            .orElseThrow();
  }

  @Test
  void whileNothingIsHandedInTheFirstYearsDataAreNeeded() {
    assertThat(needed("2030-01-01")).isEqualTo(earliest(2024));
    keepAll(2024);
    assertThat(needed("2030-01-01")).isEqualTo(earliest(2024));
  }

  @Test
  void aYearIsFinalTheDayAfterTheSetTimeIfAllOfItIsHandedIn() {
    handInAll(2024);
    assertThat(needed("2025-03-31")).isEqualTo(earliest(2024));
    assertThat(needed("2025-04-01")).isEqualTo(earliest(2025)).isAfter(earliest(2024));
    assertThat(needed("2040-01-01")).isEqualTo(earliest(2025));
  }

  @Test
  void anAreaThatOwesNothingEverSaysNothingOfItsData() {
    assertThat(needed.from(UNIT, List.of(new Area("bbc")), LocalDate.of(2030, 1, 1))).isEmpty();
  }

  @Test
  void aUnitWhoseAreasAreNotToldMayOweAllOfThem() {
    handInAll(2024);
    assertThat(needed.from(UNIT, List.of(), LocalDate.of(2026, 1, 1)).orElseThrow())
        .isBefore(needed("2026-01-01"));
  }

  @Test
  void aPatientGoesWholeOrStays() {
    put("Patient", "old", "'birthDate':'1990-01-01'");
    put(
        "Procedure",
        "old1",
        "'status':'completed','subject':{'reference':'Patient/old'},"
            + "'performedDateTime':'2022-12-31'");
    put(
        "Procedure",
        "old2",
        "'status':'completed','subject':{'reference':'Patient/old'},"
            + "'performedDateTime':'2022-06'");
    delete("Procedure", "old2");
    put("Patient", "new", "'gender':'female'");
    put(
        "Procedure",
        "new1",
        "'status':'completed','subject':{'reference':'Patient/new'},"
            + "'performedDateTime':'2020-01-01'");
    put(
        "Procedure",
        "new2",
        "'status':'completed','subject':{'reference':'Patient/new'},"
            + "'performedDateTime':'2023-01-01'");
    put("Patient", "undated", "'birthDate':'1970-01-01'");
    PatientRetention.Outcome outcome =
        new PatientRetention(database.intake(), Clock.systemUTC())
            .purge(UNIT, LocalDate.of(2023, 1, 1), () -> {});
    assertThat(outcome).isEqualTo(new PatientRetention.Outcome(1, 3, 1, 1, 0));
    assertThat(database.intake().history(key("Procedure", "old1"))).isEmpty();
    assertThat(database.intake().history(key("Procedure", "old2"))).isEmpty();
    assertThat(database.intake().read(key("Patient", "old"))).isEmpty();
    assertThat(database.intake().read(key("Procedure", "new1"))).isPresent();
    assertThat(database.intake().read(key("Patient", "undated"))).isPresent();
    put("Patient", "old", "'birthDate':'1990-01-01'");
    assertThat(database.intake().read(key("Patient", "old")).orElseThrow().version()).isEqualTo(1);
  }

  private static ResourceKey key(String type, String id) {
    return new ResourceKey(UNIT.hsaId(), type, id);
  }

  private void put(String type, String id, String elements) {
    String json =
        "{'resourceType':'%s','id':'%s',%s}".formatted(type, id, elements).replace('\'', '"');
    new StoreIntake(database.intake())
        .deliver(
            UNIT,
            List.of(
                new Delivery.Update(
                    StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)), null)));
  }

  private void delete(String type, String id) {
    new StoreIntake(database.intake())
        .deliver(UNIT, List.of(new Delivery.Deletion(type, id, null)));
  }
}
