package se.nhv.fhir.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static se.nhv.fhir.reporting.ExampleReports.UNIT;

import ca.uhn.fhir.context.FhirContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Applied.Effect;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** Reports and units kept in an H2 file and found again. */
@SuppressWarnings("NullAway.Init")
class ReportsTest {

  private static final String OTHER = "SE2321000131-E000000000001";
  private static final String ID = "NETB1-2.0.0-" + UNIT + "-20240101-20241231";

  private StoreDatabase database;
  private Reports reports;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")));
    reports = new Reports(database.reports(), FhirContext.forR4Cached());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_report_is_kept_under_measure_unit_and_period_and_gets_its_meta() {
    Applied applied = reports.save(ExampleReports.of("NETB1", UNIT, 2024));
    assertThat(applied.key().id()).isEqualTo(ID);
    MeasureReport read = reports.read(ID).orElseThrow();
    assertThat(read.getIdPart()).isEqualTo(ID);
    assertThat(read.getMeta().getVersionId()).isEqualTo("1");
    assertThat(read.getMeta().getLastUpdated().toInstant()).isEqualTo(applied.stored());
    assertThat(read.getGroupFirstRep().getMeasureScore().getValue().toPlainString())
        .isEqualTo("0.583333333333");
    assertThat(reports.read("none")).isEmpty();
  }

  @Test
  void the_same_content_is_no_new_revision_and_other_content_is_the_next() {
    MeasureReport report = ExampleReports.of("NETB1", UNIT, 2024);
    reports.save(report);
    assertThat(reports.save(report).effect()).isEqualTo(Effect.UNCHANGED);
    assertThat(reports.save(reports.read(ID).orElseThrow()).effect()).isEqualTo(Effect.UNCHANGED);
    report.getGroupFirstRep().getPopulationFirstRep().setCount(13);
    assertThat(reports.save(report).version()).isEqualTo(2);
    assertThat(reports.history(ID))
        .extracting(r -> r.getMeta().getVersionId(), r -> count(r))
        .containsExactly(tuple("2", 13), tuple("1", 12));
    assertThat(reports.read(ID, 1)).map(ReportsTest::count).contains(12);
    assertThat(reports.read(ID, 3)).isEmpty();
  }

  @Test
  void what_is_no_summary_keeps_the_whole_batch_out() {
    MeasureReport named = ExampleReports.of("NETB2", UNIT, 2024);
    named.setSubject(new Reference("Patient/1"));
    assertThatThrownBy(() -> reports.save(List.of(ExampleReports.of("NETB1", UNIT, 2024), named)))
        .isInstanceOf(ReportRefusedException.class);
    assertThat(reports.find(ReportQuery.all(10)).total()).isZero();
  }

  @Test
  void a_report_for_the_country_has_its_own_id_and_others_must_name_their_unit() {
    MeasureReport national = ExampleReports.of("NETB1", UNIT, 2024);
    national.setReporter(new Reference());
    assertThatThrownBy(() -> reports.save(national))
        .hasMessageContaining("MeasureReport.reporter must refer to Organization/<HSA-id>");
    national
        .getReporter()
        .getIdentifier()
        .setSystem(Canonicals.identifier("niva"))
        .setValue("riket");
    assertThat(reports.save(national).key().id()).isEqualTo("NETB1-2.0.0-riket-20240101-20241231");
  }

  @Test
  void measure_and_period_must_be_whole() {
    MeasureReport report = ExampleReports.of("NETB1", UNIT, 2024);
    report.setMeasure(Canonicals.measure("NETB1"));
    assertThatThrownBy(() -> reports.save(report)).hasMessageContaining("MeasureReport.measure");
    MeasureReport month = ExampleReports.of("NETB1", UNIT, 2024);
    month.getPeriod().setEndElement(new DateTimeType("2024-12"));
    assertThatThrownBy(() -> reports.save(month)).hasMessageContaining("period.end");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "identifier; {nhv}/identifier/rapport|NETB1-2.0.0-{unit}-2024-01-01-2024-12-31; 1",
        "identifier; NETB1-2.0.0-{unit}-2024-01-01-2024-12-31; 1",
        "identifier; {nhv}/identifier/rapport|; 4",
        "identifier; |NETB1-2.0.0-{unit}-2024-01-01-2024-12-31; 0",
        "identifier; |utan-system; 1",
        "identifier; utan-system; 1",
        "identifier; other|utan-system; 0",
        "measure; {nhv}/Measure/NETB1; 3",
        "measure; {nhv}/Measure/NETB1|2.0.0; 3",
        "measure; {nhv}/Measure/NETB1|1.0.0; 0",
        "measure; {nhv}/Measure/NETB2|2.0.0,{nhv}/Measure/NETB1; 4",
        "reporter; {unit}; 3",
        "reporter; Organization/{unit}; 3",
        "reporter; https://door.example/fhir/Organization/{unit}; 3",
        "reporter; Organization/SE0; 0",
        "status; complete; 3",
        "status; http://hl7.org/fhir/measure-report-status|pending; 1",
        "status; complete,pending; 4",
        "_id; NETB1-2.0.0-{unit}-20240101-20241231; 1",
        "_id; NETB1; 0",
        "date; 2025-03-15; 3",
        "date; lt2025; 1",
        "_lastUpdated; ge2020-01-01; 4",
        "_lastUpdated; lt2020-01-01T00:00:00Z; 0",
        "_lastUpdated; le2020; 0",
        "_lastUpdated; sa2020; 4",
      })
  void reports_are_found_by(String parameter, String value, long expected) {
    saveFour();
    String full = value.replace("{nhv}", Canonicals.ROOT).replace("{unit}", UNIT);
    assertThat(reports.find(ReportQuery.of(parameter, full, 10)).total()).isEqualTo(expected);
  }

  private void saveFour() {
    MeasureReport bare = ExampleReports.of("NETB1", UNIT, 2023);
    bare.addIdentifier().setValue("utan-system");
    MeasureReport pending = ExampleReports.of("NETB1", OTHER, 2024);
    pending.setStatus(MeasureReportStatus.PENDING);
    reports.save(
        List.of(
            ExampleReports.of("NETB1", UNIT, 2024),
            ExampleReports.of("NETB2", UNIT, 2024),
            bare,
            pending));
  }

  /** Of the year 2024 (1), its second half (2) and the years 2023 and 2024 (3): R4 prefixes. */
  @ParameterizedTest
  @CsvSource({
    "2024, 12",
    "eq2024, 12",
    "eq2023, ''",
    "2024-12-31, ''",
    "2024-07, ''",
    "gt2024, ''",
    "gt2024-12-30, 123",
    "gt2024-12-31, ''",
    "gt2023, 123",
    "lt2024, 3",
    "lt2024-07-01, 13",
    "lt2024-07-02, 123",
    "lt2023, ''",
    "ge2024, 12",
    "ge2024-07-01, 123",
    "ge2024-12-31, ''",
    "ge2025, ''",
    "ge2023, 123",
    "le2024, 123",
    "le2024-06-30, 13",
    "le2023-12-31, 3",
    "le2022, ''",
    "sa2023, 12",
    "sa2024-06-30, 2",
    "sa2024, ''",
    "sa2023-01-01, 12",
    "eb2025, 123",
    "eb2024-12-31, ''",
    "eb2024, ''",
    "ge2024-12-31T22:00:00Z, 123",
    "gt2024-12-31T22:59:58Z, 123",
    "gt2024-12-31T22:59:59Z, ''",
    "lt2023-01-01T00:00:00+01:00, ''",
    "lt2023-01-01T00:00:01+01:00, 3"
  })
  void a_period_is_compared_as_the_standard_defines(String value, String expected) {
    reports.save(
        List.of(
            ExampleReports.of("M1", UNIT, "2024-01-01", "2024-12-31", "2025-01-01"),
            ExampleReports.of("M2", UNIT, "2024-07-01", "2024-12-31", "2025-01-01"),
            ExampleReports.of("M3", UNIT, "2023-01-01", "2024-12-31", "2025-01-01")));
    assertThat(
            reports.find(ReportQuery.of("period", value, 10)).reports().stream()
                .map(r -> r.getIdPart().substring(1, 2)))
        .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split("")));
  }

  @Test
  void several_parameters_and_repetitions_must_all_hold() {
    saveFour();
    ReportQuery query =
        new ReportQuery(
            Map.of(
                "measure", List.of(Canonicals.measure("NETB1")),
                "reporter", List.of(UNIT),
                "period", List.of("ge2023-01-01", "le2023-12-31")),
            null,
            10);
    assertThat(reports.find(query).reports())
        .extracting(Resource::getIdPart)
        .containsExactly("NETB1-2.0.0-" + UNIT + "-20230101-20231231");
  }

  @Test
  void the_time_of_the_last_revision_bounds_a_search() {
    String stored = reports.save(ExampleReports.of("NETB1", UNIT, 2024)).stored().toString();
    String exact = stored.length() == 20 ? stored.replace("Z", ".000Z") : stored;
    assertThat(reports.find(ReportQuery.of("_lastUpdated", exact, 5)).total()).isEqualTo(1);
    assertThat(reports.find(ReportQuery.of("_lastUpdated", "gt" + exact, 5)).total()).isZero();
    assertThat(reports.find(ReportQuery.of("_lastUpdated", "lt" + exact, 5)).total()).isZero();
    assertThat(reports.find(ReportQuery.of("_lastUpdated", "le" + exact, 5)).total()).isEqualTo(1);
  }

  @Test
  void pages_follow_each_other_without_gap_or_repetition() {
    for (int year = 2000; year < 2007; year++) {
      reports.save(ExampleReports.of("NETB1", UNIT, year));
    }
    ReportQuery query = ReportQuery.of("reporter", UNIT, 3);
    ReportPage first = reports.find(query);
    ReportPage second = reports.find(query.after(first.reports().get(2).getIdPart()));
    ReportPage third = reports.find(query.after(second.reports().get(2).getIdPart()));
    assertThat(List.of(first.total(), second.total(), third.total())).containsOnly(7L);
    assertThat(List.of(first.more(), second.more(), third.more()))
        .containsExactly(true, true, false);
    assertThat(third.reports()).hasSize(1);
    assertThat(first.reports().get(2).getIdPart()).contains("-20020101-");
    assertThat(second.reports().get(0).getIdPart()).contains("-20030101-");
  }

  @ParameterizedTest
  @CsvSource({"period,abc", "date,ap2024", "date,2024-13", "date,ne2024", "_lastUpdated,''"})
  void a_date_that_cannot_be_read_is_refused_with_the_forms_that_can(String name, String value) {
    assertThatThrownBy(() -> reports.find(ReportQuery.of(name, value, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a date is searched as yyyy");
  }

  @Test
  void a_parameter_that_is_not_served_is_refused_with_those_that_are() {
    assertThatThrownBy(() -> ReportQuery.of("subject", "Patient/1", 1))
        .hasMessageContaining("not searched by subject")
        .hasMessageContaining("_id, _lastUpdated, date, identifier");
  }

  @Test
  void units_are_kept_by_their_id_and_listed() {
    Units units = new Units(database.reports(), FhirContext.forR4Cached());
    units.save(new Unit(UNIT), "Kirurgkliniken Åsö");
    units.save(new Unit(OTHER), "Endokrin");
    assertThat(units.save(new Unit(UNIT), "Kirurgkliniken Åsö").effect())
        .isEqualTo(Effect.UNCHANGED);
    assertThat(units.save(new Unit(UNIT), "Kirurgi").version()).isEqualTo(2);
    Organization read = units.read(UNIT).orElseThrow();
    assertThat(read.getName()).isEqualTo("Kirurgi");
    assertThat(read.getIdentifierFirstRep().getSystem()).isEqualTo(Canonicals.HSA_ID);
    assertThat(read.getMeta().getVersionId()).isEqualTo("2");
    assertThat(units.all()).extracting(Resource::getIdPart).containsExactly(UNIT, OTHER);
    assertThat(units.read("SE0")).isEmpty();
  }

  private static int count(MeasureReport report) {
    return report.getGroupFirstRep().getPopulationFirstRep().getCount();
  }
}
