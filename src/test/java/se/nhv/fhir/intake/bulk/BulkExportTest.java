package se.nhv.fhir.intake.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.store.ResourceKey;

@Timeout(60)
class BulkExportTest extends ExportedHospital {

  @Test
  void anExportIsAskedForWaitedForReadPatientsFirstAndDroppedAtTheEndpoint() throws IOException {
    hospital.busyPolls = 3;

    PullOutcome outcome = exported();

    assertThat(outcome.gaps()).isEmpty();
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.queries())
        .extracting(PullOutcome.Query::type)
        .containsExactly("Patient", "Patient", "Condition");
    assertThat(outcome.queries())
        .extracting(PullOutcome.Query::changed)
        .containsExactly(2L, 1L, 2L);
    assertThat(stored()).containsExactly("1", "2", "3");
    assertThat(steps).contains("3 to go", "Patient file (output 2): 2 resources");
    BulkServer.Asked kickOff = hospital.asked.get(0);
    assertThat(kickOff.path())
        .startsWith(
            "/fhir/Group/net/$export?_outputFormat=application%2Ffhir%2Bndjson&_type=Patient,")
        .doesNotContain("_since", "Organization");
    assertThat(kickOff.header("Accept")).isEqualTo("application/fhir+json");
    assertThat(kickOff.header("Prefer")).isEqualTo("respond-async");
    assertThat(hospital.asked)
        .allSatisfy(it -> assertThat(it.header("Authorization")).isEqualTo("Bearer " + TOKEN));
    assertThat(hospital.paths("DELETE")).containsExactly("/status/1");
    assertNothingIsLeftOver();

    assertThat(exported().queries()).allSatisfy(it -> assertThat(it.changed()).isZero());
  }

  @Test
  void theNextExportCanGoOnFromTheTransactionTimeOfTheLastWholeOne() {
    assertThat(export().lastComplete(UNIT, endpoint(), REQUEST)).isEmpty();
    assertThat(exported().complete()).isTrue();
    Instant last = export().lastComplete(UNIT, endpoint(), REQUEST).orElseThrow();
    assertThat(last).isEqualTo("2026-02-03T04:05:06Z");

    export().pull(UNIT, endpoint(), REQUEST.withSince(last), steps::add);
    assertThat(hospital.paths("GET"))
        .anyMatch(it -> it.contains("_since=2026-02-03T04%3A05%3A06Z"));

    hospital.files.remove("/files/c");
    hospital.manifest = hospital.manifest.replace("2026-02-03", "2027-01-01");
    assertThat(exported().complete()).isFalse();
    assertThat(export().lastComplete(UNIT, endpoint(), REQUEST)).contains(last);
  }

  @Test
  void deletionsAreCarriedOutBeforeTheOutputIsRead() {
    exported();
    String deletions =
        """
        {"resourceType":"Bundle","type":"transaction","entry":[\
        {"request":{"method":"DELETE","url":"Condition/c-1"}},\
        {"request":{"method":"DELETE","url":"Patient/3"}},\
        {"request":{"method":"DELETE","url":"Medication/m"}}]}
        """;
    hospital.files.put("/files/d", deletions);
    hospital.manifest(
        true,
        List.of(hospital.entry("Patient", "/files/p2", 1)),
        List.of(hospital.entry("Bundle", "/files/d", 1)),
        List.of());

    PullOutcome outcome = exported();

    assertThat(outcome.gaps()).isEmpty();
    assertThat(outcome.queries().get(0).changed()).isEqualTo(2);
    assertThat(
            store.read(new ResourceKey(UNIT.hsaId(), "Condition", "c-1")).orElseThrow().deleted())
        .isTrue();
    assertThat(stored()).containsExactly("1", "2", "3");
  }

  @Test
  void anExportThatWasBegunCanBeCancelled() {
    hospital.busyPolls = Integer.MAX_VALUE;
    assertGap(exported(), "not ready within", "$export");

    assertThat(export().cancel(UNIT, endpoint(), REQUEST)).isTrue();
    assertThat(hospital.paths("DELETE")).containsExactly("/status/1");
    assertThat(export().cancel(UNIT, endpoint(), REQUEST)).isFalse();
  }

  @Test
  void theTokenGoesToFilesOnlyWhereTheManifestAsksForItAndNeverToAnotherOrigin() {
    hospital.manifest(
        false, List.of(hospital.entry("Patient", "/files/p1", 2)), List.of(), List.of());
    assertThat(exported().complete()).isTrue();
    assertThat(hospital.at("/files/p1").get(0).header("Authorization")).isNull();

    hospital.manifest(
        true, List.of(stranger.entry("Patient", "/files/p1?sig=x", 1)), List.of(), List.of());
    assertGap(exported(), "leads to another origin", stranger.root() + "/files/p1:");
    assertThat(stranger.asked).isEmpty();

    Origin allowed = Origin.of(stranger.base());
    PullOutcome outcome =
        export().pull(UNIT, endpoint(), REQUEST.withFileOrigins(Set.of(allowed)), steps::add);
    assertThat(outcome.gaps()).isEmpty();
    assertThat(stranger.asked).hasSize(1);
    assertThat(stranger.asked.get(0).header("Authorization")).isNull();
    assertThat(stored()).contains("stolen");
  }

  @Test
  void aFileThatWasNotAskedForIsNotedAndNotFetched() {
    hospital.manifest(
        true, List.of(hospital.entry("Medication", "/files/m", 2)), List.of(), List.of());
    PullOutcome outcome = exported();
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.queries().get(0).notes()).containsExactly("not asked for and not read");
    assertThat(hospital.at("/files/m")).isEmpty();
  }

  @Test
  void whatIsNoGroupOrNoTypeIsRefusedAtOnce() {
    assertThatThrownBy(() -> BulkRequest.ofGroup("../Patient"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> REQUEST.withTypes(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(BulkRequest.ofPatients().path()).isEqualTo("Patient/$export");
    assertThat(BulkRequest.ofSystem().types()).contains("Organization");
  }
}
