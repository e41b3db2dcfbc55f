package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.ReportRefusedException;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** What units submit, kept in an H2 file. */
@SuppressWarnings("NullAway.Init")
class NationalReportsTest {

  private static final String A = "SE2321000000-A";
  private static final String B = "SE2321000000-B";
  private static final String ID = "NETT1-2.0.0-" + A + "-20240101-20241231";
  private static final String RIKET = "NETT1-2.0.0-riket-20240101-20241231";

  /** A made-up name and number that nothing may let through or repeat. */
  private static final String CANARY = "Kanarie 19121212-1212";

  private final List<ExpectedUnit> permits = new ArrayList<>();
  private final Map<String, List<ExpectedUnit>> permitsOf = new HashMap<>(Map.of("net", permits));
  private StoreDatabase database;
  private NationalReports national;

  @BeforeEach
  void open(@TempDir Path folder) {
    database = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")));
    national =
        new NationalReports(
            database.reports(),
            FhirContext.forR4Cached(),
            UnitReport.CONTENT,
            area -> List.copyOf(permitsOf.getOrDefault(area.code(), List.of())),
            Clock.systemUTC());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_signed_report_is_kept_with_its_sign_offs_and_the_submission_itself() {
    MeasureReport report = report(3, "4", "2");
    Received received = receive(report, 1, null);
    assertThat(received).isEqualTo(new Received(ID, 1));
    assertThat(ReportHash.of(national.read(ID).orElseThrow())).isEqualTo(ReportHash.of(report));
    assertThat(codes(1)).containsExactly("granskad", "godkand", "inlamnad");
    assertThat(national.steps(ID, 1))
        .allSatisfy(
            step -> {
              assertThat(step.getTargetFirstRep().getReference())
                  .isEqualTo("MeasureReport/" + ID + "/_history/1");
              assertThat(step.getExtension().get(0).getValue().primitiveValue())
                  .isEqualTo(ReportHash.of(report));
            });
  }

  @Test
  void the_same_again_has_no_effect_and_the_same_answer() {
    Received first = receive(report(3, "4", "2"), 1, null);
    assertThat(receive(report(3, "4", "2"), 1, null)).isEqualTo(first);
    assertThat(national.history(ID)).hasSize(1);
    assertThat(national.history(RIKET)).hasSize(1);
    Received second = receive(report(4, "5", "2"), 2, "En operation saknades");
    assertThat(receive(report(4, "5", "2"), 2, "En operation saknades")).isEqualTo(second);
    assertThat(receive(report(3, "4", "2"), 1, null)).isEqualTo(first);
    assertThat(national.history(ID)).hasSize(2);
  }

  @Test
  void other_content_sign_offs_or_reason_under_the_same_number_is_a_conflict() {
    receive(report(3, "4", "2"), 1, null);
    conflict(report(4, "5", "2"), 1, null, "submitted as revision 2");
    conflict(report(3, "4", "2"), 1, "en annan", "submitted as revision 2");
    MeasureReport report = report(3, "4", "2");
    List<Provenance> others = Signed.off(report);
    others.get(0).getAgentFirstRep().getWho().getIdentifier().setValue("SE2321000000-P9");
    assertThatThrownBy(() -> national.receive(new Unit(A), report, others, 1, null))
        .isInstanceOf(RevisionConflictException.class);
    assertThat(national.history(ID)).hasSize(1);
  }

  @Test
  void revisions_follow_each_other_with_a_reason_and_a_change() {
    conflict(report(3, "4", "2"), 2, "tidigt", "submit this as revision 1");
    receive(report(3, "4", "2"), 1, null);
    refused(report(4, "5", "2"), 2, null, "reason is missing");
    refused(report(4, "5", "2"), 2, "  ", "reason is missing");
    refused(report(4, "5", "2"), 2, CANARY, "reason is too long, or holds a personal number");
    refused(report(4, "5", "2"), 0, "x", "revision must be");
    conflict(report(3, "4", "2"), 2, "inget nytt", "nothing to revise");
    conflict(report(4, "5", "2"), 3, "hoppar", "submit this as revision 2");
    receive(report(4, "5", "2"), 2, "En operation saknades");
    assertThat(national.steps(ID, 2))
        .filteredOn(step -> step.hasReason())
        .extracting(step -> step.getReasonFirstRep().getText())
        .containsExactly("En operation saknades");
    assertThat(national.read(ID, 1))
        .map(ReportHash::of)
        .contains(ReportHash.of(report(3, "4", "2")));
  }

  /** 3, mean 4 becomes 4, mean 5; one more was not counted, and the deviation is as it was. */
  @Test
  void the_figures_that_differ_between_two_revisions_are_named() {
    receive(report(3, "4", "2"), 1, null);
    MeasureReport corrected =
        new UnitReport("NETT1-2.0.0", A, 2024)
            .values(4, "5", "2.0")
            .bortfall("remiss-saknas", 1)
            .report();
    receive(corrected, 2, "En operation saknades");
    assertThat(national.differences(ID, 1, 2))
        .extracting(FigureDifference::path)
        .containsExactly(
            "total/initial-population",
            "total/measure-population",
            "total/measure-observation",
            "total/score",
            "total/statistik.count",
            "total/statistik.mean",
            "total/statistik.p10",
            "total/statistik.median",
            "total/statistik.p90",
            "total/bortfall.remiss-saknas");
    assertThat(national.differences(ID, 1, 2))
        .contains(
            new FigureDifference(
                "total", null, null, "statistik.mean", new BigDecimal("4"), new BigDecimal("5")),
            new FigureDifference(
                "total", null, null, "bortfall.remiss-saknas", null, BigDecimal.ONE));
    assertThat(national.differences(ID, 1, 1)).isEmpty();
    assertThatThrownBy(() -> national.differences(ID, 1, 3)).hasMessageContaining("no revision 3");
  }

  @Test
  void figures_of_strata_differ_too() {
    receive(strata(2, 1), 1, null);
    receive(strata(1, 2), 2, "Kön rättat för en patient");
    assertThat(national.differences("NETB1-2.0.0-" + A + "-20240101-20241231", 1, 2))
        .containsExactly(
            new FigureDifference(
                "total", "kon", "kvinna", "initial-population", new BigDecimal(2), BigDecimal.ONE),
            new FigureDifference(
                "total", "kon", "man", "initial-population", BigDecimal.ONE, new BigDecimal(2)));
  }

  private static MeasureReport strata(int women, int men) {
    return new UnitReport("NETB1-2.0.0", A, 2024)
        .counts(0, 3)
        .stratum(0, "kvinna", women)
        .stratum(0, "man", men)
        .stratum(1, "01", 3)
        .report();
  }

  @Test
  void riket_follows_every_revision_and_says_who_is_missing() {
    permits.add(new ExpectedUnit(new Unit(A), LocalDate.of(2018, 7, 1), null));
    permits.add(new ExpectedUnit(new Unit(B), LocalDate.of(2018, 7, 1), null));
    receive(report(3, "4", "2"), 1, null);
    assertThat(riket("saknad-enhet")).isEqualTo(1);
    MeasureReport other = new UnitReport("NETT1-2.0.0", B, 2024).values(1, "10", null).report();
    national.receive(new Unit(B), other, Signed.off(other), 1, null);
    assertThat(riket("saknad-enhet")).isZero();
    assertThat(riketMean()).isEqualByComparingTo("5.5");
    receive(report(3, "6", "2"), 2, "Datum rättade");
    assertThat(riketMean()).isEqualByComparingTo("7");
    assertThat(
            national
                .read(RIKET)
                .orElseThrow()
                .getExtensionsByUrl(Canonicals.structureDefinition("aggregerad-av")))
        .extracting(used -> ((Reference) used.getValue()).getReference().replaceFirst(".*/_", "_"))
        .containsExactly("_history/2", "_history/1");
    assertThat(national.history(RIKET)).hasSize(3);
    assertThat(national.find(ReportQuery.all(10)).total()).isEqualTo(3);
  }

  @Test
  void riket_is_worked_out_anew_when_permits_have_changed() {
    receive(report(3, "4", "2"), 1, null);
    assertThat(national.refreshRiket()).isZero();
    permits.add(new ExpectedUnit(new Unit(B), LocalDate.of(2018, 7, 1), null));
    assertThat(national.refreshRiket()).isEqualTo(1);
    assertThat(riket("saknad-enhet")).isEqualTo(1);
    assertThat(national.history(RIKET)).hasSize(2);
  }

  private long riket(String extension) {
    return national
        .read(RIKET)
        .orElseThrow()
        .getExtensionsByUrl(Canonicals.structureDefinition(extension))
        .size();
  }

  private BigDecimal riketMean() {
    return national.read(RIKET).orElseThrow().getGroupFirstRep().getMeasureScore().getValue();
  }

  @Test
  void where_permits_are_known_only_what_they_are_for_is_taken() {
    permitsOf.put("abk", List.of(new ExpectedUnit(new Unit(B), LocalDate.of(2020, 1, 1), null)));
    refused(report(3, "4", "2"), 1, null, A + " held no permit for net");
    LocalDate end = LocalDate.of(2023, 12, 31);
    permits.add(new ExpectedUnit(new Unit(A), LocalDate.of(2020, 1, 1), end));
    refused(report(3, "4", "2"), 1, null, "on any day of the period");
    assertThat(national.find(ReportQuery.all(10)).total()).isZero();
    permits.set(0, new ExpectedUnit(new Unit(A), LocalDate.of(2020, 1, 1), end.plusDays(1)));
    receive(report(3, "4", "2"), 1, null);
    assertThat(national.find(ReportQuery.all(10)).total()).isEqualTo(2);
  }

  /** As when a Measure is changed under the same version: figures of before are not of it. */
  @Test
  void riket_has_no_figures_any_more_when_no_report_can_be_used() {
    receive(report(3, "4", "2"), 1, null);
    MeasureReport foreign = report(3, "4", "2");
    foreign
        .getExtensionByUrl(Canonicals.structureDefinition("underlag"))
        .getExtensionByUrl("contentHash")
        .setValue(new StringType("0".repeat(64)));
    Reports.in(NationalReports.PARTITION, database.reports(), FhirContext.forR4Cached())
        .save(foreign);
    assertThat(national.refreshRiket()).isEqualTo(1);
    MeasureReport riket = national.read(RIKET).orElseThrow();
    assertThat(riket.getStatus()).isEqualTo(MeasureReportStatus.ERROR);
    assertThat(riket.hasGroup()).isFalse();
    assertThat(riket("aggregerad-av")).isZero();
    assertThat(riket("saknad-enhet")).isEqualTo(1);
    assertThat(national.refreshRiket()).isZero();
    receive(report(4, "5", "2"), 3, "Evaluerat på nytt");
    assertThat(riketMean()).isEqualByComparingTo("5");
    assertThat(riket("saknad-enhet")).isZero();
  }

  private static MeasureReport report(int count, String mean, String deviation) {
    return new UnitReport("NETT1-2.0.0", A, 2024).values(count, mean, deviation).report();
  }

  private Received receive(MeasureReport report, int revision, @Nullable String reason) {
    return national.receive(new Unit(A), report, Signed.off(report), revision, reason);
  }

  private void conflict(MeasureReport report, int revision, @Nullable String reason, String why) {
    assertThatThrownBy(() -> receive(report, revision, reason))
        .isInstanceOf(RevisionConflictException.class)
        .hasMessageContaining(why);
  }

  private void refused(MeasureReport report, int revision, @Nullable String reason, String why) {
    assertThatThrownBy(() -> receive(report, revision, reason))
        .isInstanceOf(ReportRefusedException.class)
        .hasMessageContaining(why)
        .hasMessageNotContaining("Kanarie");
  }

  private List<String> codes(long revision) {
    return national.steps(ID, revision).stream()
        .map(step -> step.getActivity().getCodingFirstRep().getCode())
        .toList();
  }
}
