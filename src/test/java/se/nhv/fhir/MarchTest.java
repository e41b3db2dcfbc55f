package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three units hand in what they owe of 2024 to the authority, correct it, have it returned and hand
 * it in again, while the adapter of the units and that of the authority are killed: in the end it
 * stands as if nothing had happened, and who the patients are has not left the units' adapter.
 */
class MarchTest {

  private static final String RIKET = "riket";

  @Test
  void aMarchWithThreeKillsEndsAsOneWithout(@TempDir Path folder) throws Exception {
    marchBothWays(folder, 3, 22);
  }

  @Test
  @Tag("proof")
  void aMarchWithFiftyKillsEndsAsOneWithout(@TempDir Path folder) throws Exception {
    marchBothWays(folder, 50, System.nanoTime());
  }

  private void marchBothWays(Path folder, int times, long seed) throws Exception {
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<MarchState> undisturbed = beside.submit(() -> undisturbed(folder));
      MarchState disturbed = disturbed(folder, times, seed);
      requireWhatTheScriptSays(undisturbed.get());
      assertThat(disturbed.all()).hasSizeGreaterThan(300).isEqualTo(undisturbed.get().all());
    } finally {
      beside.shutdownNow();
    }
  }

  private MarchState undisturbed(Path folder) throws Exception {
    try (MarchSides sides = MarchSides.here(Files.createDirectory(folder.resolve("undisturbed")))) {
      new March(sides).walk(step -> {});
      return ended(sides);
    }
  }

  private MarchState disturbed(Path folder, int times, long seed) throws Exception {
    try (MarchSides sides =
        MarchSides.asProcesses(Files.createDirectory(folder.resolve("disturbed")))) {
      March march = new March(sides);
      try (MarchKills kills = new MarchKills(sides, march.names(), times, seed)) {
        march.walk(kills);
        kills.finish();
        assertThat(kills.ofSubmissions()).isPositive();
      }
      return ended(sides);
    }
  }

  /** What stands when every run is over, and nobody's identity has left. */
  private static MarchState ended(MarchSides sides) throws Exception {
    for (int unit = 1; unit <= 3; unit++) {
      for (JsonNode run : sides.unit(unit).all("intake/Task?code=submit&_count=500")) {
        JsonNode ended = March.ended(sides.unit(unit), "intake/Task/" + run.path("id").asText());
        assertThat(ended.path("status").asText()).as(ended.toString()).isEqualTo("completed");
      }
    }
    requireNobodyKnown(sides);
    return MarchState.of(sides);
  }

  private static void requireNobodyKnown(MarchSides sides) throws Exception {
    for (int unit = 1; unit <= 3; unit++) { // so the check finds what there is
      byte[] own = bytes(sides.unit(unit).text("intake/Patient?_count=100"));
      assertThat(MarchPatients.plantedIn(own)).hasSizeGreaterThan(40);
    }
    String sent = new String(sides.wire().sent(), StandardCharsets.UTF_8);
    assertThat(sent.split("POST /fhir ", -1)).hasSizeGreaterThan(5 * March.REPORTS);
    assertThat(sent).contains("NETB1", "innehallshash", March.CORRECTED);
    assertThat(MarchPatients.plantedIn(sides.wire().sent())).isEmpty();
    List<String> paths = new ArrayList<>();
    for (String type : List.of("MeasureReport", "Provenance", "Task", "AuditEvent")) {
      paths.add("fhir/" + type + "?_count=500");
    }
    for (JsonNode report : sides.authority().all("fhir/MeasureReport?_count=100")) {
      String path = "fhir/MeasureReport/" + report.path("id").asText();
      paths.add(path + "/_history");
      if (report.at("/meta/versionId").asInt() > 1) {
        paths.add(path + "/$differences");
      }
    }
    paths.addAll(List.of("fhir/metadata", "fhir/$rates", "fhir/$obligations"));
    paths.addAll(List.of("fhir/$published", "fhir/$published?_format=csv"));
    for (String path : paths) {
      assertThat(MarchPatients.plantedIn(bytes(sides.authority().text(path)))).as(path).isEmpty();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static void requireWhatTheScriptSays(MarchState state) {
    int[] revisions = {2, 2, 1};
    for (int unit = 1; unit <= 3; unit++) {
      List<String> reports = state.reports("Organization/" + MarchPatients.hsaId(unit));
      assertThat(reports).hasSize(March.REPORTS);
      for (String report : reports) {
        assertThat(state.revisions(report)).hasSize(revisions[unit - 1]);
      }
      for (String side : List.of("national", "unit " + unit)) {
        List<JsonNode> tasks =
            state.with(side + " obligation " + MarchPatients.hsaId(unit) + "-net-2025");
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).at("/businessStatus/coding").findValuesAsText("code"))
            .as(side)
            .containsExactly("mottagen");
      }
    }
    List<String> ofRiket = state.reports("\"" + RIKET + "\"");
    assertThat(ofRiket).hasSize(March.REPORTS);
    for (String report : ofRiket) {
      requireSumOfTheUnits(state, report);
    }
    requireCorrected(state);
    requireSteps(state);
  }

  /** One of Riket for each that was received, the last of all three units. */
  private static void requireSumOfTheUnits(MarchState state, String riket) {
    List<JsonNode> revisions = state.revisions(riket);
    assertThat(revisions).hasSize(2 + 2 + 1);
    JsonNode last = revisions.get(revisions.size() - 1);
    Map<String, Integer> sum = new TreeMap<>();
    for (int unit = 1; unit <= 3; unit++) {
      String report = riket.replaceFirst("(?i)" + RIKET, MarchPatients.hsaId(unit));
      List<JsonNode> ofUnit = state.revisions(report);
      assertThat(last.toString())
          .contains("MeasureReport/" + report + "/_history/" + ofUnit.size() + "\"")
          .doesNotContain("saknad-enhet");
      counts(ofUnit.get(ofUnit.size() - 1))
          .forEach((population, count) -> sum.merge(population, count, Integer::sum));
    }
    assertThat(counts(last)).isNotEmpty().isEqualTo(sum);
  }

  /** The counts of all groups' populations, by group and population. */
  private static Map<String, Integer> counts(JsonNode report) {
    Map<String, Integer> counts = new TreeMap<>();
    JsonNode groups = report.path("group");
    for (int g = 0; g < groups.size(); g++) {
      for (JsonNode population : groups.get(g).path("population")) {
        counts.put(
            g + population.at("/code/coding/0/code").asText(), population.path("count").asInt());
      }
    }
    return counts;
  }

  private static void requireCorrected(MarchState state) {
    for (int unit = 1; unit <= 2; unit++) {
      List<JsonNode> revisions =
          state.revisions("NETB1-2.0.0-" + MarchPatients.hsaId(unit) + "-20240101-20241231");
      assertThat(revisions).hasSize(2);
      assertThat(counts(revisions.get(1)).values().stream().mapToInt(it -> it).sum())
          .isGreaterThan(counts(revisions.get(0)).values().stream().mapToInt(it -> it).sum());
    }
  }

  private static void requireSteps(MarchState state) {
    Map<String, Integer> steps = new TreeMap<>();
    for (JsonNode step : state.with("national step ")) {
      steps.merge(
          step.at("/activity/coding/0/code").asText()
              + " "
              + step.at("/agent/0/who/display").asText()
              + " "
              + step.at("/reason/0/text").asText(),
          1,
          Integer::sum);
    }
    assertThat(steps)
        .isEqualTo(
            Map.of(
                "granskad Anna ",
                35,
                "godkand Bo ",
                35,
                "inlamnad Bo ",
                7,
                "inlamnad Bo " + March.CORRECTED,
                7,
                "inlamnad Enhetens system ",
                14,
                "inlamnad Enhetens system " + March.ANSWERED,
                7,
                "aterlamnad Socialstyrelsen " + March.RETURNED,
                7,
                "mottagen Socialstyrelsen ",
                21));
  }
}
