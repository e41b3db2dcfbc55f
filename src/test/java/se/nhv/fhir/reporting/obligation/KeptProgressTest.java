package se.nhv.fhir.reporting.obligation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.LocalNationalSide;
import se.nhv.fhir.reporting.submission.NationalSide;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The way of what a unit owes for NET in 2025, over a real store. */
class KeptProgressTest {

  private static final Unit UNIT = new Unit("SE2321000016-K001");
  private static final Area NET = new Area("net");
  private static final ReportingYear YEAR = new ReportingYear(2025);
  private static final Signatory ANNA = new Signatory("anna", "Anna Ek");
  private static final Signatory BO = new Signatory("bo", "Bo Lind");
  private static final Instant NOON = Instant.parse("2025-03-10T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneId.of("Europe/Stockholm"));
  private static final ReportingCalendar CALENDAR = new ReportingCalendar(OwedReports::content);

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final FhirContext fhir = FhirContext.forR4Cached();
  private final Reports reports = new Reports(database.reports(), fhir);
  private final SignOffs signOffs = new SignOffs(database.reports());
  private final NationalReports national =
      new NationalReports(
          database.reports(), fhir, OwedReports.content(), area -> List.of(), CLOCK);
  private final NationalSide local = new LocalNationalSide(() -> national);
  private NationalSteps elsewhere = (unit, report, revision) -> Optional.of(List.of());
  private final ReportProgress progress =
      new KeptProgress(
          signOffs,
          SignedSteps.working(database.reports()),
          () -> national,
          (unit, report, revision) -> elsewhere.of(unit, report, revision));
  private final Obligations obligations =
      new Obligations(
          List.of(new Permit(UNIT, NET, LocalDate.of(2024, 1, 1), null)),
          CALENDAR,
          progress,
          CLOCK);
  private final Answers answers = new Answers(() -> national);

  @AfterEach
  void close() {
    database.close();
  }

  private Obligation obligation() {
    return obligations.read(UNIT + "-net-2025").orElseThrow();
  }

  private void evaluate(int count) {
    for (Owed owed : CALENDAR.owed(NET, YEAR)) {
      reports.save(OwedReports.of(UNIT, owed, count));
    }
  }

  private long version(Obligation.Due due) {
    return Long.parseLong(reports.read(due.id()).orElseThrow().getMeta().getVersionId());
  }

  private void review() {
    obligation().reports().forEach(it -> signOffs.review(it.id(), version(it), ANNA, NOON));
  }

  private void approve() {
    obligation().reports().forEach(it -> signOffs.approve(it.id(), version(it), BO, NOON));
  }

  private void submit(NationalSide side, @Nullable String reason) {
    Submissions submissions = new Submissions(database.reports(), side);
    for (Obligation.Due due : obligation().reports()) {
      submissions.submit(submissions.order(UNIT, due.id(), BO, reason, NOON));
    }
  }

  private void signAndSubmit(int count, @Nullable String reason) {
    evaluate(count);
    review();
    approve();
    submit(local, reason);
  }

  @Test
  void anObligationGoesFromOpenToAccepted() {
    assertThat(obligation().state()).isEqualTo(ObligationState.OPEN);
    evaluate(1);
    assertThat(obligation().state()).isEqualTo(ObligationState.DRAFT);
    review();
    assertThat(obligation().state()).isEqualTo(ObligationState.REVIEWED);
    approve();
    assertThat(obligation().state()).isEqualTo(ObligationState.APPROVED);
    assertThat(obligation().submitted()).isEmpty();
    submit(local, null);
    assertThat(obligation().state()).isEqualTo(ObligationState.SUBMITTED);
    assertThat(obligation().submitted()).isPresent();
    answers.accept(obligation(), NOON);
    assertThat(obligation().state()).isEqualTo(ObligationState.ACCEPTED);
    answers.accept(obligation(), NOON.plusSeconds(1));
    assertThat(national.steps(obligation().reports().get(0).id(), 1)).hasSize(4);
  }

  @Test
  void oneReportThatIsNotHandedInKeepsTheObligationFromBeingSubmitted() {
    evaluate(1);
    review();
    approve();
    Submissions submissions = new Submissions(database.reports(), local);
    List<Obligation.Due> owed = obligation().reports();
    for (Obligation.Due due : owed.subList(1, owed.size())) {
      submissions.submit(submissions.order(UNIT, due.id(), BO, null, NOON));
    }
    assertThat(obligation().state()).isEqualTo(ObligationState.APPROVED);
    assertThat(obligation().submitted()).isEmpty();
    assertThatThrownBy(() -> answers.accept(obligation(), NOON))
        .isInstanceOf(ObligationStateException.class);
  }

  @Test
  void aNewDraftDoesNotUndoWhatIsHandedIn() {
    signAndSubmit(1, null);
    evaluate(2);
    assertThat(obligation().state()).isEqualTo(ObligationState.SUBMITTED);
  }

  @Test
  void whatIsReturnedIsADraftUntilItIsHandedInAgain() {
    signAndSubmit(1, null);
    Instant first = obligation().submitted().orElseThrow();
    assertThatThrownBy(() -> answers.giveBack(obligation(), " ", NOON))
        .isInstanceOf(IllegalArgumentException.class);
    answers.giveBack(obligation(), "Kontrollera T1", NOON);
    assertThat(obligation().state()).isEqualTo(ObligationState.DRAFT);
    assertThat(obligation().returned()).contains("Kontrollera T1");
    assertThatThrownBy(() -> answers.giveBack(obligation(), "Igen", NOON))
        .isInstanceOf(ObligationStateException.class);
    signAndSubmit(2, "T1 rättad");
    assertThat(obligation().state()).isEqualTo(ObligationState.SUBMITTED);
    assertThat(obligation().returned()).isEmpty();
    assertThat(obligation().submitted()).contains(first);
    assertThat(obligation().reports())
        .allSatisfy(it -> assertThat(it.progress().revision()).isEqualTo(2));
  }

  @Test
  void whatWasHandedInElsewhereIsSubmittedToo() {
    evaluate(1);
    review();
    approve();
    submit(report -> new Receipt(report.report().getIdPart(), report.revision()), null);
    assertThat(obligation().state()).isEqualTo(ObligationState.SUBMITTED);
    assertThat(obligation().submitted()).contains(NOON);
    assertThatThrownBy(() -> answers.accept(obligation(), NOON))
        .isInstanceOf(ObligationStateException.class)
        .hasMessageContaining("elsewhere");
  }

  @Test
  void whatIsAnsweredElsewhereIsKnownHereAndWhatCannotBeAskedForIsNotFinal() {
    SubmittedPastDue finals = new SubmittedPastDue(progress, Period.ofYears(1));
    List<Owed> owed = CALENDAR.owed(NET, YEAR);
    LocalDate after = LocalDate.of(2026, 4, 1);
    evaluate(1);
    review();
    approve();
    submit(report -> new Receipt(report.report().getIdPart(), report.revision()), null);
    assertThat(finals.areFinal(UNIT, YEAR, owed, after)).isTrue();

    elsewhere = (unit, report, revision) -> Optional.empty();
    assertThat(obligation().state()).isEqualTo(ObligationState.SUBMITTED);
    assertThat(obligation().isAnswerUnknown()).isTrue();
    assertThat(finals.areFinal(UNIT, YEAR, owed, after)).isFalse();

    elsewhere = answering(ReportingStep.RETURNED, "Kontrollera T1");
    assertThat(obligation().state()).isEqualTo(ObligationState.DRAFT);
    assertThat(obligation().returned()).contains("Kontrollera T1");
    assertThat(finals.areFinal(UNIT, YEAR, owed, after)).isFalse();
    evaluate(2);
    review();
    assertThat(obligation().state()).isEqualTo(ObligationState.REVIEWED);

    elsewhere = answering(ReportingStep.ACCEPTED, null);
    assertThat(obligation().state()).isEqualTo(ObligationState.ACCEPTED);
  }

  private static NationalSteps answering(ReportingStep step, @Nullable String reason) {
    Signatory authority = new Signatory(SignedStep.AUTHORITY.hsaId(), "Socialstyrelsen");
    return (unit, report, revision) ->
        Optional.of(
            List.of(
                new SignedStep(
                        step,
                        report,
                        revision,
                        "0".repeat(64),
                        authority,
                        SignedStep.AUTHORITY,
                        NOON,
                        reason)
                    .provenance()));
  }

  @Test
  void reportsAreFinalWhenAllAreHandedInAndTheSetTimeHasPassed() {
    SubmittedPastDue finals = new SubmittedPastDue(progress, Period.ofYears(1));
    List<Owed> owed = CALENDAR.owed(NET, YEAR);
    LocalDate last = LocalDate.of(2026, 3, 31);
    evaluate(1);
    assertThat(finals.areFinal(UNIT, YEAR, owed, last.plusDays(1))).isFalse();
    review();
    approve();
    submit(local, null);
    assertThat(finals.areFinal(UNIT, YEAR, owed, last)).isFalse();
    assertThat(finals.areFinal(UNIT, YEAR, owed, last.plusDays(1))).isTrue();
    answers.giveBack(obligation(), "Kontrollera T1", NOON);
    assertThat(finals.areFinal(UNIT, YEAR, owed, last.plusDays(1))).isFalse();
  }
}
