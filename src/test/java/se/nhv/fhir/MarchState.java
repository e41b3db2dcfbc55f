package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * What stands on both sides when a March is over, as their doors tell it: every version of every
 * report, every step, every obligation, and what is published; each under a name. Left out is only
 * when it was written: {@code meta.lastUpdated}, {@code Provenance.recorded} and the instant of
 * {@code submittedFirst}, which are other moments in every run. What is compared beyond them is
 * whole; and within one run a unit's steps must be the same on both sides with their times.
 */
final class MarchState {

  private static final List<String> MOMENTS = List.of("lastUpdated", "recorded", "valueInstant");

  private final SortedMap<String, JsonNode> found = new TreeMap<>();

  private MarchState() {}

  /** Of those sides, when no run is under way. */
  static MarchState of(MarchSides sides) throws IOException, InterruptedException {
    MarchState state = new MarchState();
    for (int unit = 1; unit <= 3; unit++) {
      state.read("unit " + unit, sides.unit(unit), "intake/");
    }
    state.read("national", sides.authority(), "fhir/");
    state.found.put("rates", sides.authority().get("fhir/$rates?area=net&reportingYear=2025"));
    state.found.put("published", sides.authority().get("fhir/$published"));
    state.requireSameStepsOnBothSides();
    state.found.values().forEach(MarchState::forgetMoments);
    return state;
  }

  private void read(String side, MarchDoor door, String path)
      throws IOException, InterruptedException {
    for (JsonNode report : door.all(path + "MeasureReport?_count=100")) {
      String id = report.path("id").asText();
      for (JsonNode version : door.all(path + "MeasureReport/" + id + "/_history")) {
        put(side + " report " + id + " " + version.at("/meta/versionId").asText(), version);
      }
    }
    for (JsonNode step : door.all(path + "Provenance?_count=500")) {
      put(side + " step " + step.path("id").asText(), step);
    }
    for (JsonNode task : door.all(path + "$obligations?area=net&reportingYear=2025")) {
      put(side + " obligation " + task.path("id").asText(), task);
    }
  }

  /** Who did what to which version, when and why: of what a unit has done, both tell the same. */
  private void requireSameStepsOnBothSides() {
    List<String> atUnits = with("unit ").stream().flatMap(MarchState::told).sorted().toList();
    List<String> received =
        with("national step ").stream()
            .flatMap(MarchState::told)
            .filter(it -> !it.contains("Socialstyrelsen"))
            .sorted()
            .toList();
    assertThat(received).isNotEmpty().isEqualTo(atUnits);
  }

  /** What a Provenance tells; nothing of another resource. */
  private static Stream<String> told(JsonNode json) {
    return json.path("resourceType").asText().equals("Provenance")
        ? Stream.of(
            Stream.of("target", "activity", "recorded", "agent", "reason", "extension")
                .map(it -> json.path(it).toString())
                .collect(Collectors.joining(" ")))
        : Stream.empty();
  }

  private void put(String name, JsonNode resource) {
    if (found.put(name, resource) != null) {
      throw new AssertionError(name + " is there twice");
    }
  }

  private static void forgetMoments(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.remove(MOMENTS);
    }
    node.forEach(MarchState::forgetMoments);
  }

  /** Everything by name: a report's version by its hash, the rest as it is. */
  SortedMap<String, String> all() {
    SortedMap<String, String> all = new TreeMap<>();
    found.forEach(
        (name, json) ->
            all.put(
                name,
                name.contains(" report ")
                    ? DigestUtils.sha256Hex(json.toString())
                    : json.toString()));
    return all;
  }

  /** The versions of that report at the national side, from the first. */
  List<JsonNode> revisions(String report) {
    List<JsonNode> revisions = new ArrayList<>();
    @Nullable JsonNode next = found.get("national report " + report + " 1");
    while (next != null) {
      revisions.add(next);
      next = found.get("national report " + report + " " + (revisions.size() + 1));
    }
    return revisions;
  }

  /** The ids of the reports of that reporter at the national side. */
  List<String> reports(String reporter) {
    List<String> ids = new ArrayList<>();
    for (JsonNode json : with("national report ")) {
      String id = json.path("id").asText();
      if (json.path("reporter").toString().contains(reporter) && !ids.contains(id)) {
        ids.add(id);
      }
    }
    return ids;
  }

  /** What is called something that begins so. */
  List<JsonNode> with(String beginning) {
    return List.copyOf(found.subMap(beginning, beginning + '\uffff').values());
  }
}
