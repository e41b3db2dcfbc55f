package se.nhv.fhir.intake.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.pull.PullOutcome;

/** Whatever goes wrong at any step ends in whole data or in a named gap, never in a silent one. */
@Timeout(60)
class BulkExportFaultTest extends ExportedHospital {

  private static final String EXPORT = "/fhir/Group/net/$export";
  private static final String OUTCOME =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"%s\",\"code\":\"%s\","
          + "\"diagnostics\":\"Tolvan Tolvansson\"}]}";

  @ParameterizedTest
  @CsvSource({
    "400,HTTP status 400",
    "401,HTTP status 401",
    "404,HTTP status 404",
    "429,HTTP status 429",
    "500,HTTP status 500",
    "503,HTTP status 503",
    "200,does not know $export",
    "302,redirects are not followed",
    "202,no Content-Location"
  })
  void aKickOffThatIsNotTakenIsNamed(int status, String reason) {
    hospital.script(
        EXPORT,
        status,
        Map.of("Location", stranger.root(), "Retry-After", "0"),
        status == 200 ? "<html/>" : OUTCOME.formatted("error", "not-supported"));

    PullOutcome outcome = exported();

    assertGap(outcome, "$export", reason);
    if (status >= 400) {
      assertThat(outcome.gaps().get(0)).contains("(error not-supported)").doesNotContain("Tolvan");
    }
    assertThat(stranger.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "STRANGER/status/1",
        "//STRANGERHOST/status/1",
        "https://localhost/status/1",
        "http://u:p@localhost/status/1",
        "file:///etc/passwd",
        "\\\\localhost\\status"
      })
  void aStatusElsewhereIsNeverAskedFor(String location) {
    String there =
        location
            .replace("STRANGERHOST", stranger.root().substring("http://".length()))
            .replace("STRANGER", stranger.root());
    hospital.script(EXPORT, 202, Map.of("Content-Location", there), "");
    assertThat(exported().complete()).isFalse();
    assertThat(stranger.asked).isEmpty();
    assertThat(hospital.asked).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "500|{}|HTTP status 500",
        "400|{}|HTTP status 400",
        "302|{}|redirects are not followed",
        "204||no whole answer",
        "200|<html>Log in</html>|manifest is not JSON",
        "200|{\"transactionTime\":\"2026-02-03T04:05:06Z\"}|holds no output",
        "200|{\"output\":[]}|no transactionTime",
        "200|{\"output\":[{\"type\":\"Patient\"}]}|without an address",
        "200|{\"output\":[],\"link\":[{\"relation\":\"next\",\"url\":\"x\"}]}|only a part",
        "200|{\"output\":[|not JSON"
      })
  void aStatusThatTellsOfNoExportEndsItAndTheNextRunAsksAnew(
      int status, String body, String reason) {
    hospital.script("/status/1", status, Map.of(), body == null ? "" : body);

    assertGap(exported(), "$export", reason);

    assertThat(hospital.paths("DELETE")).containsExactly("/status/1");
    assertThat(exported().gaps()).isEmpty();
    assertThat(hospital.kickOffs).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 503})
  void aStatusThatMayPassIsAskedForAgainByTheNextRun(int status) {
    hospital.script("/status/1", status, Map.of("Retry-After", "0"), "");
    assertThat(exported().complete()).isFalse();
    hospital.scripts.clear();

    assertThat(exported().gaps()).isEmpty();

    assertThat(hospital.kickOffs).isEqualTo(1);
    assertThat(stored()).containsExactly("1", "2", "3");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 410})
  void anExpiredLinkIsAskedForAgainOnce(int status) throws IOException {
    hospital.script("/files/p1", status, Map.of(), "");

    assertGap(exported(), "no longer gives out", "even after it was asked for again");

    assertThat(hospital.kickOffs).isEqualTo(2);
    assertThat(hospital.paths("DELETE")).containsExactly("/status/1", "/status/2");
    assertNothingIsLeftOver();
    hospital.scripts.clear();
    assertThat(exported().gaps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "html", "500", "redirect", "latin"})
  void aFileThatCannotBeFetchedIsNamedAndTheOthersAreRead(String fault) {
    switch (fault) {
      case "gzip" ->
          hospital.script("/files/p1", 200, Map.of("Content-Encoding", "gzip"), "\u001f");
      case "html" ->
          hospital.script("/files/p1", 200, Map.of("Content-Type", "text/html"), "<html>");
      case "500" -> hospital.script("/files/p1", 500, Map.of(), "");
      case "redirect" ->
          hospital.script("/files/p1", 302, Map.of("Location", stranger.root() + "/files/p1"), "");
      default ->
          hospital.script(
              "/files/p1", 200, Map.of("Content-Type", "text/plain; charset=latin1"), "x");
    }

    assertGap(exported(), "Patient from " + hospital.root() + "/files/p1: Patient file (output 2)");

    assertThat(stored()).containsExactly("1", "3"); // 1 by its Condition, in no file of Patients
    assertThat(stranger.asked).isEmpty();
    assertThat(hospital.paths("DELETE")).isEmpty();
    hospital.scripts.clear();
    assertThat(exported().gaps()).isEmpty();
    assertThat(hospital.kickOffs).isEqualTo(1);
    assertThat(hospital.at("/files/p2")).as("what lay there is not fetched again").hasSize(1);
  }

  @Test
  void aJobThatFailsTwiceIsGivenUpAndTheNextRunAsksAnew() throws IOException {
    hospital.script("/files/p1", 500, Map.of(), "");
    exported();
    exported();
    assertNothingIsLeftOver();
    hospital.scripts.clear();
    assertThat(exported().gaps()).isEmpty();
    assertThat(hospital.kickOffs).isEqualTo(2);
  }

  @Test
  void everyLineThatIsNoResourceIsNamedByFileAndLine() {
    hospital.files.put(
        "/files/p2",
        BulkServer.patients("3")
            + "\n{\"resourceType\":\"Patient\",\"id\":\"4\"\n[]\nnull\n"
            + "{\"resourceType\":\"Medication\",\"id\":\"m\"}\n"
            + "{\"resourceType\":\"Patient\",\"id\":\"5\",\"gender\":\"kvinna\"}\n"
            + BulkServer.patients("6").strip());

    PullOutcome outcome = exported();

    assertThat(outcome.gaps())
        .allSatisfy(it -> assertThat(it).startsWith("Patient file (output 3) line "))
        .extracting(it -> it.replaceFirst(".* line (\\d+):.*", "$1"))
        .containsExactlyInAnyOrder("3", "4", "5", "6", "7");
    assertThat(outcome.toString()).doesNotContain("kvinna");
    assertThat(stored()).containsExactly("1", "2", "3", "6");
  }

  @Test
  void aFileOfWrongLinesEndsAfterAThousand() {
    hospital.files.put("/files/p2", "<p>\n".repeat(5_000));
    PullOutcome outcome = exported();
    assertThat(outcome.gaps()).hasSizeBetween(1_001, 1_003).anyMatch(it -> it.contains("unread"));
  }

  @Test
  void aCountThatDoesNotMatchMakesTheFileIncomplete() {
    hospital.manifest = hospital.manifest.replace("\"count\":2", "\"count\":3");
    PullOutcome outcome = exported();
    assertThat(outcome.gaps())
        .hasSize(2)
        .allMatch(it -> it.contains("announced 3 lines and the file holds 2"));
  }

  @Test
  void whatTheEndpointCouldNotExportMakesTheExportIncompleteAndRemarksDoNot() {
    hospital.files.put(
        "/files/e",
        OUTCOME.formatted("error", "processing")
            + "\n"
            + OUTCOME.formatted("error", "processing")
            + "\n"
            + OUTCOME.formatted("information", "informational"));
    hospital.manifest(
        true,
        List.of(hospital.entry("Patient", "/files/p1", 2)),
        List.of(),
        List.of(hospital.entry("OperationOutcome", "/files/e", null)));

    PullOutcome outcome = exported();

    assertGap(outcome, "error file 1", "the export reports error processing × 2");
    assertThat(outcome.queries().get(0).notes()).containsExactly("information informational");
    assertThat(outcome.toString()).doesNotContain("Tolvan");
    assertThat(stored()).containsExactly("1", "2");
  }
}
