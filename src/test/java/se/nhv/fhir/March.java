package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A March in steps. Each can be taken again when it is not known whether it was: then it has no
 * further effect, or is asked for after a look at what stands.
 */
final class March {

  static final String CORRECTED = "En MDK saknades";
  static final String RETURNED = "Antalet MDK stämmer inte";
  static final String ANSWERED = "MDK är nu med";
  static final int REPORTS = 7;
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private final MarchSides sides;
  private final List<Step> steps = new ArrayList<>();
  private final Map<Integer, List<String>> reports = new HashMap<>();
  private final Map<String, String> runs = new HashMap<>();

  /** What is done once. */
  @FunctionalInterface
  private interface Action {
    void take() throws IOException, InterruptedException;
  }

  /** An action and what it is called. */
  private record Step(String name, Action action) {}

  /** Is told of each step that it begins. */
  @FunctionalInterface
  interface Watch {
    void begins(int step) throws Exception;
  }

  March(MarchSides sides) throws IOException {
    this.sides = sides;
    push(1);
    review(1, 1);
    approve(1, 1);
    submit(1, 1, null);
    push(2);
    review(2, 1); // while unit 1's reports are on their way
    await(1, 1);
    approve(2, 1);
    submit(2, 1, null);
    push(3);
    await(2, 1);
    step("unit 3 is late", this::requireUnit3Late);
    correct(1);
    review(1, 2);
    approve(1, 2);
    submit(1, 2, CORRECTED);
    step("return unit 2", this::giveUnit2Back);
    correct(2);
    review(2, 2);
    await(1, 2);
    approve(2, 2);
    submit(2, 2, ANSWERED);
    review(3, 1);
    approve(3, 1);
    await(2, 2);
    submit(3, 1, null);
    await(3, 1);
    for (int unit = 1; unit <= 3; unit++) {
      String obligation = obligation(unit);
      step("accept unit " + unit, () -> accept(obligation));
    }
    step("publish", this::publish);
  }

  /** What the steps are called, in their order. */
  List<String> names() {
    return steps.stream().map(Step::name).toList();
  }

  /** Takes every step until it is through. */
  void walk(Watch watch) throws Exception {
    for (int i = 0; i < steps.size(); i++) {
      watch.begins(i);
      take(steps.get(i));
    }
  }

  private static void take(Step step) throws InterruptedException {
    Instant latest = Instant.now().plus(LONGEST);
    for (boolean through = false; !through; ) {
      try {
        step.action().take();
        through = true;
      } catch (IOException e) { // no answer: perhaps it was done, perhaps not
        assertThat(Instant.now()).as(step.name() + ": " + e).isBefore(latest);
        Thread.sleep(100);
      }
    }
  }

  private void step(String name, Action action) {
    steps.add(new Step(name, action));
  }

  private void push(int unit) throws IOException {
    MarchPatients patients = new MarchPatients(unit);
    for (String bundle : patients.bundles()) {
      step(
          "push of unit " + unit,
          () -> MarchDoor.assertStatus(200, sides.unit(unit).post("intake", bundle)));
    }
    step("report of unit " + unit, () -> report(unit, 1));
  }

  private void correct(int unit) throws IOException {
    MarchPatients patients = new MarchPatients(unit);
    String json = patients.conferenceJson();
    step(
        "correction of unit " + unit,
        () ->
            assertThat(sides.unit(unit).put(patients.conferencePath(), json).statusCode())
                .isIn(200, 201));
    step("report of unit " + unit + " again", () -> report(unit, 2));
  }

  private void report(int unit, int version) throws IOException, InterruptedException {
    MarchDoor door = sides.unit(unit);
    MarchDoor.assertStatus(
        200,
        door.operation(
            "intake/$report",
            "\"name\":\"area\",\"valueString\":\"net\"",
            "\"name\":\"reportingYear\",\"valueInteger\":2025",
            "\"name\":\"asOf\",\"valueDate\":\"2025-03-15\""));
    Map<String, Integer> kept = new TreeMap<>();
    for (JsonNode report : door.all("intake/MeasureReport?_count=100")) {
      kept.put(report.path("id").asText(), report.at("/meta/versionId").asInt());
    }
    assertThat(kept).hasSize(REPORTS);
    assertThat(kept.values()).containsOnly(version); // the snapshot's hash is in each
    reports.put(unit, List.copyOf(kept.keySet()));
  }

  private String report(int unit, int version, String kind, int number) {
    return Objects.requireNonNull(reports.get(unit), kind + " of version " + version).get(number);
  }

  private void review(int unit, int version) {
    sign(unit, version, "review", sides.reviewer(unit));
  }

  private void approve(int unit, int version) {
    sign(unit, version, "approve", sides.approver(unit));
  }

  private void sign(int unit, int version, String kind, MarchDoor door) {
    for (int i = 0; i < REPORTS; i++) {
      int number = i;
      step(
          kind + " of unit " + unit,
          () ->
              MarchDoor.assertStatus(
                  200,
                  door.operation(
                      "intake/MeasureReport/" + report(unit, version, kind, number) + "/$" + kind,
                      "\"name\":\"version\",\"valuePositiveInt\":" + version)));
    }
  }

  /** Unit 1's by who approved them, the others' by the unit's system. */
  private void submit(int unit, int version, @Nullable String reason) {
    MarchDoor door = unit == 1 ? sides.approver(unit) : sides.unit(unit);
    String[] parameters =
        reason == null
            ? new String[0]
            : new String[] {"\"name\":\"reason\",\"valueString\":\"" + reason + "\""};
    for (int i = 0; i < REPORTS; i++) {
      int number = i;
      step(
          "submit of unit " + unit,
          () -> {
            String id = report(unit, version, "submit", number);
            HttpResponse<String> accepted =
                door.operation("intake/MeasureReport/" + id + "/$submit", parameters);
            MarchDoor.assertStatus(202, accepted);
            String run = accepted.headers().firstValue("Content-Location").orElseThrow();
            runs.put(id, run.substring(run.indexOf("intake/Task/")));
          });
    }
  }

  private void await(int unit, int version) {
    for (int i = 0; i < REPORTS; i++) {
      int number = i;
      step(
          "await of unit " + unit,
          () -> await(unit, report(unit, version, "await", number), version));
    }
  }

  private void await(int unit, String report, int version)
      throws IOException, InterruptedException {
    JsonNode run = ended(sides.unit(unit), Objects.requireNonNull(runs.get(report)));
    assertThat(run.path("status").asText()).as(run.toString()).isEqualTo("completed");
    assertThat(run.at("/output/1/valueInteger").asInt()).isEqualTo(version);
    JsonNode held = sides.authority().get("fhir/MeasureReport/" + report);
    assertThat(held.at("/meta/versionId").asInt()).isEqualTo(version);
  }

  /** That run when it has ended. */
  static JsonNode ended(MarchDoor door, String run) throws IOException, InterruptedException {
    Instant latest = Instant.now().plus(LONGEST);
    JsonNode task = door.get(run);
    while (Set.of("requested", "in-progress").contains(task.path("status").asText())) {
      assertThat(Instant.now()).as(task.toString()).isBefore(latest);
      Thread.sleep(50);
      task = door.get(run);
    }
    return task;
  }

  static String obligation(int unit) {
    return "fhir/Task/" + MarchPatients.hsaId(unit) + "-net-2025";
  }

  /** The last day was long ago; units 1 and 2 have handed in, and what is handed in is not late. */
  private void requireUnit3Late() throws IOException, InterruptedException {
    for (int unit = 1; unit <= 3; unit++) {
      JsonNode task = sides.authority().get(obligation(unit));
      List<String> codes = task.at("/businessStatus/coding").findValuesAsText("code");
      assertThat(codes).isEqualTo(unit == 3 ? List.of("oppen", "forsenad") : List.of("inlamnad"));
    }
  }

  private void giveUnit2Back() throws IOException, InterruptedException {
    JsonNode task = sides.authority().get(obligation(2));
    boolean waits = task.path("input").findValuesAsText("display").contains("Inlämnad");
    if (waits || !task.at("/statusReason/text").asText().equals(RETURNED)) {
      MarchDoor.assertStatus(
          200,
          sides
              .authority()
              .operation(
                  obligation(2) + "/$return",
                  "\"name\":\"reason\",\"valueString\":\"" + RETURNED + "\""));
    }
  }

  private void accept(String obligation) throws IOException, InterruptedException {
    MarchDoor.assertStatus(200, sides.authority().operation(obligation + "/$accept"));
  }

  private void publish() throws IOException, InterruptedException {
    if (sides.authority().ask("fhir/$published?release=1").statusCode() == 404) {
      MarchDoor.assertStatus(
          200,
          sides
              .authority()
              .operation(
                  "fhir/$publish",
                  "\"name\":\"reportingYear\",\"valueInteger\":2025",
                  "\"name\":\"date\",\"valueDate\":\"2025-05-02\""));
    }
  }
}
