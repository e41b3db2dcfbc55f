package se.nhv.fhir.reporting.signoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ExampleReport;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.signoff.SignOffRefusedException.Reason;
import se.nhv.fhir.store.StoreDatabase;

/** How reports are signed off, over any database. Each test has a unit of its own. */
interface SignOffContract {

  Signatory ANNA = new Signatory("SE2321000016-anna", "Anna Ek");
  Signatory BO = new Signatory("SE2321000016-bo", "Bo Lind");
  Signatory CILLA = new Signatory("SE2321000016-cilla", "Cilla Ask");
  Instant NOON = Instant.parse("2026-03-10T12:00:00.123Z");
  Instant ONE = Instant.parse("2026-03-10T13:00:00Z");

  StoreDatabase database();

  private SignOffs signOffs() {
    return new SignOffs(database().reports());
  }

  private String kept(String unit, int count) {
    MeasureReport report = ExampleReport.of(new Unit(unit));
    report.getGroupFirstRep().getPopulationFirstRep().setCount(count);
    return ExampleReport.reports(database()).save(report).key().id();
  }

  private void refused(Reason reason, Callable<?> attempt) {
    assertThatThrownBy(attempt::call)
        .isInstanceOfSatisfying(
            SignOffRefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  default void a_report_goes_from_draft_to_reviewed_to_approved() {
    String id = kept("SE-STATES", 1);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.DRAFT);
    signOffs().review(id, 1, ANNA, NOON);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.REVIEWED);
    signOffs().approve(id, 1, BO, ONE);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.APPROVED);
    assertThat(signOffs().of("none")).isEmpty();
  }

  @Test
  default void a_signature_says_who_when_for_whom_and_what() {
    String id = kept("SE-SAYS", 1);
    SignedStep signed = signOffs().review(id, 1, ANNA, NOON);
    String hash = ReportHash.of(ExampleReport.reports(database()).read(id).orElseThrow());
    assertThat(SignedSteps.working(database().reports()).of(id))
        .containsExactly(signed)
        .containsExactly(
            new SignedStep(
                ReportingStep.REVIEWED, id, 1, hash, ANNA, new Unit("SE-SAYS"), NOON, null));
  }

  @Test
  default void a_changed_report_has_no_signatures_even_if_it_is_changed_back() {
    String id = kept("SE-CHANGED", 1);
    signOffs().review(id, 1, ANNA, NOON);
    signOffs().approve(id, 1, BO, ONE);
    kept("SE-CHANGED", 2);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.DRAFT);
    kept("SE-CHANGED", 1);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.DRAFT);
    assertThat(signOffs().of(id, 1).orElseThrow().state()).isEqualTo(SignOffState.APPROVED);
  }

  @Test
  default void the_same_by_the_same_person_is_one_signature() {
    String id = kept("SE-TWICE", 1);
    SignedStep review = signOffs().review(id, 1, ANNA, NOON);
    Signatory inCapitals = new Signatory("SE2321000016-ANNA", "Anna Ek");
    assertThat(signOffs().review(id, 1, inCapitals, ONE)).isEqualTo(review);
    SignedStep approval = signOffs().approve(id, 1, BO, NOON);
    assertThat(signOffs().approve(id, 1, BO, ONE)).isEqualTo(approval);
    assertThat(signOffs().review(id, 1, ANNA, ONE)).isEqualTo(review);
  }

  @Test
  default void whoever_has_reviewed_cannot_approve() {
    String id = kept("SE-SAME", 1);
    signOffs().review(id, 1, ANNA, NOON);
    refused(Reason.SAME_PERSON, () -> signOffs().approve(id, 1, ANNA, ONE));
    Signatory inCapitals = new Signatory(" se2321000016-ANNA ", "Anna Ek");
    refused(Reason.SAME_PERSON, () -> signOffs().approve(id, 1, inCapitals, ONE));
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.REVIEWED);
  }

  @Test
  default void what_nobody_has_reviewed_is_not_approved() {
    String id = kept("SE-FIRST", 1);
    refused(Reason.NOT_REVIEWED, () -> signOffs().approve(id, 1, BO, NOON));
  }

  @Test
  default void one_person_reviews_and_one_approves() {
    String id = kept("SE-ONE", 1);
    signOffs().review(id, 1, ANNA, NOON);
    refused(Reason.ALREADY_REVIEWED, () -> signOffs().review(id, 1, BO, ONE));
    signOffs().approve(id, 1, BO, ONE);
    refused(Reason.ALREADY_APPROVED, () -> signOffs().approve(id, 1, CILLA, ONE));
  }

  @Test
  default void only_the_latest_version_is_signed() {
    String id = kept("SE-LATEST", 1);
    kept("SE-LATEST", 2);
    refused(Reason.NOT_LATEST, () -> signOffs().review(id, 1, ANNA, NOON));
    refused(Reason.NOT_LATEST, () -> signOffs().review(id, 3, ANNA, NOON));
    signOffs().review(id, 2, ANNA, NOON);
    kept("SE-LATEST", 3);
    refused(Reason.NOT_LATEST, () -> signOffs().approve(id, 2, BO, ONE));
    refused(Reason.NO_REPORT, () -> signOffs().review("none", 1, ANNA, NOON));
  }

  @Test
  default void a_report_in_error_is_not_signed() {
    MeasureReport report = ExampleReport.of(new Unit("SE-ERROR"));
    report.setStatus(MeasureReportStatus.ERROR);
    String id = ExampleReport.reports(database()).save(report).key().id();
    refused(Reason.NOT_COMPLETE, () -> signOffs().review(id, 1, ANNA, NOON));
  }

  @Test
  default void a_signature_of_other_content_does_not_count() {
    String id = kept("SE-HASH", 1);
    SignedStep other =
        new SignedStep(
            ReportingStep.REVIEWED, id, 1, "0".repeat(64), ANNA, new Unit("SE-HASH"), NOON, null);
    SignedSteps.working(database().reports()).add(other);
    assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.DRAFT);
    refused(Reason.OTHER_CONTENT, () -> signOffs().approve(id, 1, BO, ONE));
  }

  @Test
  default void an_approval_is_never_older_than_its_review() {
    String id = kept("SE-CLOCK", 1);
    signOffs().review(id, 1, ANNA, ONE);
    assertThat(signOffs().approve(id, 1, BO, NOON).recorded()).isEqualTo(ONE);
  }

  @Test
  default void of_sixteen_at_once_two_different_people_have_signed() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 5; round++) {
        String id = kept("SE-SIXTEEN-" + round, 1);
        List<Future<List<SignedStep>>> signed = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
          Signatory who = new Signatory("person-" + i, "Person " + (char) ('A' + i));
          signed.add(people.submit(() -> reviewAndApprove(id, who)));
        }
        List<SignedStep> acknowledged = new ArrayList<>();
        for (Future<List<SignedStep>> one : signed) {
          acknowledged.addAll(one.get());
        }
        List<SignedStep> kept = SignedSteps.working(database().reports()).of(id);
        assertThat(kept).hasSize(2).containsExactlyInAnyOrderElementsOf(acknowledged);
        assertThat(kept.get(0).step()).isEqualTo(ReportingStep.REVIEWED);
        assertThat(kept.get(1).step()).isEqualTo(ReportingStep.APPROVED);
        assertThat(kept.get(0).who()).isNotEqualTo(kept.get(1).who());
      }
    } finally {
      people.shutdownNow();
    }
  }

  private List<SignedStep> reviewAndApprove(String id, Signatory who) {
    List<SignedStep> done = new ArrayList<>();
    try {
      done.add(signOffs().review(id, 1, who, NOON));
    } catch (SignOffRefusedException e) {
      assertThat(e.reason()).isEqualTo(Reason.ALREADY_REVIEWED);
    }
    try {
      done.add(signOffs().approve(id, 1, who, ONE));
    } catch (SignOffRefusedException e) {
      assertThat(e.reason()).isIn(Reason.SAME_PERSON, Reason.ALREADY_APPROVED);
    }
    return done;
  }

  @Test
  default void a_report_that_changes_while_it_is_signed_is_signed_in_no_older_version()
      throws Exception {
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      for (int round = 0; round < 10; round++) {
        String unit = "SE-RACE-" + round;
        String id = kept(unit, 1);
        Future<String> changed = two.submit(() -> kept(unit, 2));
        Future<Boolean> signed =
            two.submit(
                () -> {
                  try {
                    signOffs().review(id, 1, ANNA, NOON);
                    return true;
                  } catch (SignOffRefusedException e) {
                    return false;
                  }
                });
        changed.get();
        assertThat(signOffs().of(id).map(SignedReport::state)).contains(SignOffState.DRAFT);
        assertThat(SignedSteps.working(database().reports()).of(id)).hasSize(signed.get() ? 1 : 0);
      }
    } finally {
      two.shutdownNow();
    }
  }
}
