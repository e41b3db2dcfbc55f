package se.nhv.fhir.reporting.obligation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Task;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.ReportProgress.Progress;

/** Who owes what and when; each row is worked out by hand from the schedules in the documents. */
class ObligationsTest {

  private static final Content CONTENT = Content.packed();
  private static final Unit UNIT = new Unit("SE2321000016-O001");
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private final Map<String, Progress> progress = new HashMap<>();

  private Obligations on(String day, Permit... permits) {
    Instant noon = LocalDate.parse(day).atTime(12, 0).atZone(STOCKHOLM).toInstant();
    return new Obligations(
        List.of(permits),
        new ReportingCalendar(() -> CONTENT),
        id -> progress.getOrDefault(id, Progress.within(ObligationState.OPEN)),
        Clock.fixed(noon, STOCKHOLM));
  }

  private static Permit permit(String area, String from, @Nullable String to) {
    return new Permit(
        UNIT, new Area(area), LocalDate.parse(from), to == null ? null : LocalDate.parse(to));
  }

  /** NET is owed from 2024 for 2023-04-01 to 2023-12-31, then each year for the year before. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiterString = " | ",
      value = {
        "2023-04-01 | - | 2026-05-01 | 2024 2025 2026",
        "2018-07-01 | - | 2026-05-01 | 2024 2025 2026",
        "2023-12-31 | - | 2026-05-01 | 2024 2025 2026",
        "2024-01-01 | - | 2026-05-01 | 2025 2026",
        "2025-12-31 | - | 2026-05-01 | 2026",
        "2026-01-01 | - | 2026-05-01 | -",
        "2026-01-01 | - | 2027-01-01 | 2027",
        "2023-04-01 | 2023-04-01 | 2026-05-01 | 2024",
        "2020-01-01 | 2023-03-31 | 2026-05-01 | -",
        "2023-04-01 | 2023-12-31 | 2026-05-01 | 2024",
        "2023-04-01 | 2024-01-01 | 2026-05-01 | 2024 2025",
        "2024-06-01 | 2025-06-01 | 2026-05-01 | 2025 2026",
        "2023-04-01 | - | 2023-12-31 | -",
        "2023-04-01 | - | 2024-01-01 | 2024",
      })
  void aUnitOwesTheYearsOfWhichAPeriodOverlapsItsPermit(
      String from, @Nullable String to, String today, @Nullable String years) {
    List<Obligation> owed = on(today, permit("net", from, to)).find(null, null, null);
    assertThat(owed.stream().map(it -> it.year().toString()))
        .containsExactlyElementsOf(years == null ? List.of() : List.of(years.split(" ")));
    assertThat(owed)
        .allSatisfy(
            it -> {
              assertThat(it.id()).isEqualTo(UNIT + "-net-" + it.year());
              assertThat(it.due()).isEqualTo(LocalDate.of(it.year().value(), 3, 31));
              assertThat(it.reports()).hasSize(7);
            });
  }

  @Test
  void aPermitThatWasGivenAgainOwesForBothTimes() {
    Obligations owed =
        on(
            "2026-05-01",
            permit("net", "2023-05-01", "2023-06-30"),
            permit("net", "2025-02-01", "2025-03-31"));
    assertThat(owed.find(UNIT, null, null).stream().map(Obligation::id))
        .containsExactly(UNIT + "-net-2024", UNIT + "-net-2026");
  }

  @Test
  void a_year_that_has_not_come_owes_nothing_yet() {
    Obligations owed = on("2026-12-31", permit("net", "2023-04-01", null));
    assertThat(owed.find(null, null, new ReportingYear(2026))).hasSize(1);
    assertThat(owed.find(null, null, new ReportingYear(2027))).isEmpty();
    assertThat(owed.find(null, null, new ReportingYear(2030))).isEmpty();
    assertThat(owed.read(UNIT + "-net-2027")).isEmpty();
  }

  /** SCT's R1 is owed two years after its period, R2 three: also when the permit has ended. */
  @Test
  void aPermitThatHasEndedOwesWhatIsReportedWithALag() {
    Obligations owed = on("2027-05-01", permit("sct", "2022-01-01", "2023-12-31"));
    assertThat(
            owed.find(UNIT, null, null).stream()
                .map(
                    it ->
                        it.year()
                            + " "
                            + it.reports().stream().map(r -> r.owed().measure().name()).toList()))
        .hasSize(3)
        .element(0)
        .asString()
        .startsWith("2024")
        .doesNotContain("SCTR1", "SCTR2", "SCTP1");
    assertThat(names(owed, 2025)).containsExactly("SCTR1");
    assertThat(names(owed, 2026)).containsExactly("SCTR2");
  }

  private static List<String> names(Obligations owed, int year) {
    return owed.find(UNIT, new Area("sct"), new ReportingYear(year)).get(0).reports().stream()
        .map(it -> it.owed().measure().name())
        .toList();
  }

  @Test
  void aProposalIsNotOwed() {
    assertThat(on("2026-05-01", permit("bbc", "2020-01-01", null)).find(null, null, null))
        .isEmpty();
  }

  @Test
  void anObligationIsReadByItsIdAndNobodyElses() {
    Obligations owed = on("2026-05-01", permit("net", "2023-04-01", null));
    assertThat(owed.read(UNIT + "-net-2025")).isPresent();
    assertThat(owed.read(UNIT + "-net-2023")).isEmpty();
    assertThat(owed.read(UNIT + "-net-2027")).isEmpty();
    assertThat(owed.read(UNIT + "-sct-2025")).isEmpty();
    assertThat(owed.read(UNIT + "-net-x")).isEmpty();
    assertThat(owed.find(new Unit("SE-OTHER"), null, null)).isEmpty();
  }

  private void all(Obligation obligation, Progress at) {
    obligation.reports().forEach(it -> progress.put(it.id(), at));
  }

  private Obligation of2025(String today) {
    return on(today, permit("net", "2024-01-01", null)).read(UNIT + "-net-2025").orElseThrow();
  }

  @Test
  void theReportThatHasComeLeastFarDecides() {
    Obligation open = of2025("2025-03-01");
    for (ObligationState state : ObligationState.values()) {
      all(open, Progress.within(state));
      assertThat(of2025("2025-03-01").state()).isEqualTo(state);
      if (state != ObligationState.OPEN) {
        progress.put(open.reports().get(3).id(), Progress.within(ObligationState.OPEN));
        assertThat(of2025("2025-03-01").state()).isEqualTo(ObligationState.OPEN);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "OPEN, 2025-03-31, false", "OPEN, 2025-04-01, true", "DRAFT, 2025-04-01, true",
    "REVIEWED, 2025-04-01, true", "APPROVED, 2025-04-01, true", "SUBMITTED, 2025-04-01, false",
    "ACCEPTED, 2025-04-01, false", "APPROVED, 2025-03-31, false"
  })
  void whatIsNotHandedInIsLateFromTheFirstOfApril(
      ObligationState state, String today, boolean late) {
    all(of2025(today), Progress.within(state));
    Obligation obligation = of2025(today);
    assertThat(obligation.isLate(LocalDate.parse(today))).isEqualTo(late);
    Task task = ObligationTask.of(obligation, LocalDate.parse(today));
    Stream<String> codes = task.getBusinessStatus().getCoding().stream().map(it -> it.getCode());
    assertThat(codes.toList())
        .isEqualTo(late ? List.of(state.code(), "forsenad") : List.of(state.code()));
  }

  /** 31 March 2025 is in summer time: it ends at 22:00 UTC. */
  @ParameterizedTest
  @CsvSource({"2025-03-31T21:59:59.999Z, true", "2025-03-31T22:00:00Z, false"})
  void theLastDayEndsAtMidnightInSweden(String at, boolean onTime) {
    all(of2025("2025-05-01"), at("2025-03-01T08:00:00Z"));
    progress.put(of2025("2025-05-01").reports().get(5).id(), at(at));
    assertThat(of2025("2025-05-01").isOnTime()).isEqualTo(onTime);
    assertThat(of2025("2025-05-01").submitted()).contains(Instant.parse(at));
  }

  private static Progress at(String time) {
    return new Progress(ObligationState.SUBMITTED, 1, Instant.parse(time), null);
  }

  @Test
  void ratesCountUnitsByAreaAndYear() {
    Unit other = new Unit("SE2321000016-O002");
    Unit third = new Unit("SE2321000016-O003");
    LocalDate from = LocalDate.of(2024, 1, 1);
    Area net = new Area("net");
    Obligations owed =
        on(
            "2025-05-01",
            new Permit(UNIT, net, from, null),
            new Permit(other, net, from, null),
            new Permit(third, net, from, null),
            new Permit(third, new Area("abk"), from, null));
    all(owed.read(UNIT + "-net-2025").orElseThrow(), at("2025-03-20T08:00:00Z"));
    all(owed.read(other + "-net-2025").orElseThrow(), at("2025-04-02T08:00:00Z"));
    assertThat(Rates.of(owed.find(null, null, null)))
        .containsExactly(
            new Rates(new Area("abk"), new ReportingYear(2025), 1, 0, 0, 0),
            new Rates(net, new ReportingYear(2025), 3, 2, 1, 0));
    Instant first = Instant.parse("2025-03-20T08:00:00Z");
    all(
        owed.read(UNIT + "-net-2025").orElseThrow(),
        new Progress(ObligationState.ACCEPTED, 2, first, null));
    all(
        owed.read(other + "-net-2025").orElseThrow(),
        new Progress(ObligationState.OPEN, 1, first, "rätta T1"));
    assertThat(Rates.of(owed.find(null, net, null)))
        .containsExactly(new Rates(net, new ReportingYear(2025), 3, 1, 2, 1));
  }

  @Test
  void aTaskNamesOwnerDueDateReportsAndRevisions() {
    all(
        of2025("2025-05-01"),
        new Progress(
            ObligationState.SUBMITTED, 2, Instant.parse("2025-03-20T08:00:00.5Z"), "rätta T1"));
    Task task = ObligationTask.of(of2025("2025-05-01"), LocalDate.of(2025, 5, 1));
    assertThat(task.getIdPart()).isEqualTo(UNIT + "-net-2025");
    assertThat(task.getOwner().getReference()).isEqualTo("Organization/" + UNIT);
    assertThat(task.getRestriction().getPeriod().getEndElement().getValueAsString())
        .isEqualTo("2025-03-31");
    assertThat(task.getGroupIdentifier().getValue()).isEqualTo("net-2025");
    assertThat(task.getStatusReason().getText()).isEqualTo("rätta T1");
    String b1 = "NETB1-2.0.0-" + UNIT + "-20240101-20241231";
    assertThat(
            task.getInput().stream()
                .filter(it -> it.getValue() instanceof Reference)
                .map(it -> ((Reference) it.getValue()).getReference()))
        .hasSize(7)
        .contains("MeasureReport/" + b1);
    assertThat(task.getOutput().get(0).getValue())
        .isInstanceOfSatisfying(
            Reference.class,
            it -> assertThat(it.getReference()).isEqualTo("MeasureReport/" + b1 + "/_history/2"));
    assertThat(task.getOutput()).hasSize(8);
  }

  @Test
  void aPermitEndsOnOrAfterItsFirstDay() {
    assertThatThrownBy(() -> permit("net", "2024-01-02", "2024-01-01"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
