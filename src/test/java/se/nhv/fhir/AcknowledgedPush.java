package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

/**
 * A sender of a unit that pushes numbered transaction Bundles, each of some new Patients and a new
 * version of some old ones, remembers which were acknowledged, and afterwards asks the door what is
 * there. A Patient's multipleBirthInteger is the number of the Bundle. One thread pushes.
 */
final class AcknowledgedPush {

  private static final int NEW = 5;
  private static final int OLD = 3;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI server;
  private final String token;
  private final List<String> read = new CopyOnWriteArrayList<>();
  private volatile int acknowledged;

  AcknowledgedPush(URI server, String token) {
    this.server = server;
    this.token = token;
  }

  /** Reads a Patient of the last acknowledged Bundle, and remembers it when an answer came. */
  void readLast() throws IOException, InterruptedException {
    String id = "new-" + acknowledged + "-0";
    get(server.resolve("intake/Patient/" + id));
    read.add(id);
  }

  /** The ids of the Patients that were read, by the thread that pushes or after it. */
  List<String> read() {
    return List.copyOf(read);
  }

  /** How many Bundles were acknowledged; any thread may ask. */
  int acknowledged() {
    return acknowledged;
  }

  /** Waits until so many Bundles are acknowledged, and then for a moment. */
  void await(int bundles, Random moment) throws InterruptedException {
    for (int i = 0; acknowledged < bundles; i++) {
      assertThat(i).as("tenths of a second").isLessThan(600);
      Thread.sleep(100);
    }
    Thread.sleep(moment.nextInt(100));
  }

  /**
   * Pushes the Bundle after the last acknowledged one.
   *
   * @return the answer; the Bundle counts as acknowledged if its status is 200
   * @throws IOException if none came
   */
  HttpResponse<String> pushNext() throws IOException, InterruptedException {
    int next = acknowledged + 1;
    HttpResponse<String> answer =
        http.send(
            request("intake")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofString(bundle(next)))
                .build(),
            BodyHandlers.ofString());
    if (answer.statusCode() == 200) {
      acknowledged = next;
    }
    return answer;
  }

  /** Asserts that the server could not keep the Bundle, says so, and asks for it again. */
  static void assertToldToComeAgain(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).isPresent();
    assertThat(answer.body()).contains("OperationOutcome", "send the same request again later");
  }

  /** The status that readiness answers with. */
  int readiness() throws IOException, InterruptedException {
    return http.send(request("actuator/health/readiness").build(), BodyHandlers.discarding())
        .statusCode();
  }

  /**
   * Asserts that every acknowledged Bundle is there whole and once, and the one after it whole or
   * not at all.
   */
  void assertNothingLostAndNothingTwice() throws IOException, InterruptedException {
    List<String> found = all();
    assertThat(found).doesNotHaveDuplicates();
    int last = found.contains(added(acknowledged + 1, 0)) ? acknowledged + 1 : acknowledged;
    Set<String> expected = new HashSet<>();
    for (int bundle = 1; bundle <= last; bundle++) {
      for (int i = 0; i < NEW; i++) {
        expected.add(added(bundle, i));
      }
    }
    for (int i = 0; i < OLD && last > 0; i++) {
      expected.add("old-" + i + " " + last);
      assertThat(history("old-" + i))
          .isEqualTo(IntStream.range(0, last).map(n -> last - n).boxed().toList());
    }
    assertThat(new HashSet<>(found)).isEqualTo(expected);
  }

  private static String added(int bundle, int i) {
    return "new-" + bundle + "-" + i + " " + bundle;
  }

  private static String bundle(int number) {
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < NEW; i++) {
      entries.add(entry("new-" + number + "-" + i, number));
    }
    for (int i = 0; i < OLD; i++) {
      entries.add(entry("old-" + i, number));
    }
    return "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":["
        + String.join(",", entries)
        + "]}";
  }

  private static String entry(String id, int number) {
    return """
    {"request":{"method":"PUT","url":"Patient/%1$s"},
     "resource":{"resourceType":"Patient","id":"%1$s","multipleBirthInteger":%2$d}}"""
        .formatted(id, number);
  }

  /** Every current Patient with the number of its Bundle. */
  private List<String> all() throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    URI page = server.resolve("intake/Patient?_count=500");
    while (page != null) {
      JsonNode bundle = get(page);
      for (JsonNode entry : bundle.path("entry")) {
        JsonNode patient = entry.path("resource");
        found.add(patient.path("id").asText() + " " + patient.path("multipleBirthInteger").asInt());
      }
      page = null;
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asText().equals("next")) {
          page = URI.create(link.path("url").asText());
        }
      }
    }
    return found;
  }

  private List<Integer> history(String id) throws IOException, InterruptedException {
    List<Integer> numbers = new ArrayList<>();
    for (JsonNode entry : get(server.resolve("intake/Patient/" + id + "/_history")).path("entry")) {
      numbers.add(entry.at("/resource/multipleBirthInteger").asInt());
    }
    return numbers;
  }

  private JsonNode get(URI uri) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        http.send(request(uri.toString()).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(60));
  }
}
