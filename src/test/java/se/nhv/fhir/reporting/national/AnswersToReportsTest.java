package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** What the authority says of what was submitted: once of each revision. */
class AnswersToReportsTest {

  private static final String A = "SE2321000000-A";
  private static final String ID = "NETT1-2.0.0-" + A + "-20240101-20241231";

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final NationalReports national =
      new NationalReports(
          database.reports(),
          FhirContext.forR4Cached(),
          UnitReport.CONTENT,
          area -> List.of(),
          Clock.systemUTC());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void the_authority_accepts_the_latest_revision_once() {
    MeasureReport report = report(3, "4", "2");
    receive(report, 1, null);
    Provenance accepted = accepted(report, "2025-04-01T08:00:00Z");
    List<Provenance> kept = national.answer(List.of(accepted));
    assertThat(national.answer(List.of(accepted)).get(0).equalsDeep(kept.get(0))).isTrue();
    assertThat(codes(1)).contains("mottagen");
    Provenance other = accepted.copy();
    other.getAgentFirstRep().getWho().getIdentifier().setValue("SE2021005555-2");
    refusedAnswer(other, "is mottagen already");
    receive(report(4, "5", "2"), 2, "En operation saknades");
    Provenance late = returned(report, 1);
    refusedAnswer(late, "is mottagen already");
    late.setReason(null);
    refusedAnswer(late, "reason is missing");
  }

  @Test
  void what_is_returned_is_not_accepted_afterwards_and_what_is_superseded_has_no_answer() {
    MeasureReport report = report(3, "4", "2");
    receive(report, 1, null);
    national.answer(List.of(returned(report, 1)));
    refusedAnswer(accepted(report, "2025-04-03T08:00:00Z"), "is aterlamnad already");
    MeasureReport second = report(4, "5", "2");
    receive(second, 2, "En operation saknades");
    receive(report(5, "5", "2"), 3, "En till");
    refusedAnswer(returned(second, 2), "latest revision");
    assertThat(codes(1)).doesNotContain("mottagen").contains("aterlamnad");
    assertThat(national.steps(ID, 2)).hasSize(3);
  }

  @Test
  void of_several_answers_none_is_kept_when_one_cannot_be() {
    MeasureReport report = report(3, "4", "2");
    receive(report, 1, null);
    MeasureReport other = OwedReports.patients(new Unit(A), 1, 2);
    receive(other, 1, null);
    national.answer(List.of(returned(other, 1)));
    assertThatThrownBy(
            () ->
                national.answer(
                    List.of(
                        accepted(report, "2025-04-01T08:00:00Z"),
                        accepted(other, "2025-04-01T08:00:00Z"))))
        .isInstanceOf(RevisionConflictException.class);
    assertThat(codes(1)).doesNotContain("mottagen");
  }

  private static Provenance accepted(MeasureReport report, String when) {
    return Signed.step(report, 1, "mottagen", "SE2021005555-1", "Cia Ceder", when);
  }

  private static Provenance returned(MeasureReport report, int revision) {
    Provenance step =
        Signed.step(
            report, revision, "aterlamnad", "SE2021005555-1", "Cia", "2025-04-02T08:00:00Z");
    step.addReason().setText("Bortfallet är stort");
    return step;
  }

  private void refusedAnswer(Provenance answer, String why) {
    assertThatThrownBy(() -> national.answer(List.of(answer))).hasMessageContaining(why);
  }

  private static MeasureReport report(int count, String mean, String deviation) {
    return new UnitReport("NETT1-2.0.0", A, 2024).values(count, mean, deviation).report();
  }

  private void receive(MeasureReport report, int revision, @Nullable String reason) {
    national.receive(new Unit(A), report, Signed.off(report), revision, reason);
  }

  private List<String> codes(long revision) {
    return national.steps(ID, revision).stream()
        .map(step -> step.getActivity().getCodingFirstRep().getCode())
        .toList();
  }
}
