package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An adapter's doors as one caller knows them. Whatever may be another answer later is an
 * IOException: that none came, 429 and 5xx.
 */
final class MarchDoor {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI adapter;
  private final String token;

  MarchDoor(URI adapter, String token) {
    this.adapter = adapter;
    this.token = token;
  }

  /** What is read there with status 200. */
  JsonNode get(String path) throws IOException, InterruptedException {
    return JSON.readTree(text(path));
  }

  /** What is read there with status 200, byte for byte. */
  String text(String path) throws IOException, InterruptedException {
    HttpResponse<String> answer = ask(path);
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
    return answer.body();
  }

  /** The answer to a read, whatever it is. */
  HttpResponse<String> ask(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  /** Every resource of a search or a collection, which must be one page. */
  List<JsonNode> all(String path) throws IOException, InterruptedException {
    JsonNode bundle = get(path);
    List<JsonNode> found = new ArrayList<>();
    bundle.path("entry").forEach(entry -> found.add(entry.path("resource")));
    if (bundle.has("total")) {
      assertThat(found).as(path).hasSize(bundle.path("total").asInt());
    }
    return found;
  }

  HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
    return send(body(path).PUT(BodyPublishers.ofString(json)));
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return send(body(path).POST(BodyPublishers.ofString(json)));
  }

  /** POST of Parameters with these, each in JSON without braces. */
  HttpResponse<String> operation(String path, String... parameters)
      throws IOException, InterruptedException {
    List<String> written = new ArrayList<>();
    for (String parameter : parameters) {
      written.add("{" + parameter + "}");
    }
    return post(
        path,
        "{\"resourceType\":\"Parameters\",\"parameter\":[" + String.join(",", written) + "]}");
  }

  /** Asserts that it was answered with that status. */
  static void assertStatus(int status, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s: %s", answer.uri(), answer.body()).isEqualTo(status);
  }

  private HttpRequest.Builder body(String path) {
    return request(path).header("Content-Type", "application/fhir+json");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(adapter.resolve(path))
        .header("Authorization", "Bearer " + token)
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() == 429 || answer.statusCode() >= 500) {
      throw new IOException(answer.uri() + " answered " + answer.statusCode());
    }
    return answer;
  }
}
