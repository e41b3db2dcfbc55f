package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/** The server, started once for all tests on a port and a database of its own. */
final class Doors {

  static final String UNIT_A = "SE2321000016-A001";
  static final String UNIT_B = "SE2321000016-B001";
  static final String TOKEN_A = "token-of-unit-a-0123456789";
  static final String TOKEN_B = "token-of-unit-b-0123456789";
  static final String STAFF_A = "token-of-staff-at-a-0123456";
  static final String STAFF_A2 = "token-of-more-staff-at-a-01";
  static final String STAFF_B = "token-of-staff-at-b-0123456";
  static final String DEVELOPER = "token-of-a-developer-012345";
  static final String OPERATOR = "token-of-the-operator-01234";
  static final String AUTHORITY = "token-of-the-authority-0123";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static @Nullable Doors started;

  private final ConfigurableApplicationContext context;

  private Doors(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static synchronized Doors open() {
    if (started == null) {
      started = start();
      Runtime.getRuntime().addShutdownHook(new Thread(started.context::close));
    }
    return started;
  }

  static Doors start(String... more) {
    return start(List.of(NhvApplication.class, RoomsForTests.class), more);
  }

  /** As {@link #start}, at a time that stands still. */
  static Doors startAt(Clock clock, String... more) {
    StoppedClock.at = clock;
    return start(List.of(NhvApplication.class, RoomsForTests.class, StoppedClock.class), more);
  }

  /** Takes the place of the clock. */
  static class StoppedClock {

    private static Clock at = Clock.systemUTC();

    @Bean
    @Primary
    Clock stoppedClock() {
      return at;
    }
  }

  private static Doors start(List<Class<?>> rooms, String... more) {
    try {
      Path folder = Files.createTempDirectory("nhv-doors");
      List<String> arguments = new ArrayList<>(settings(folder));
      arguments.addAll(List.of(more));
      for (String limit : List.of("failures-per-minute", "burst")) {
        String name = "--nhv.access." + limit + "=";
        if (arguments.stream().noneMatch(it -> it.startsWith(name))) {
          arguments.add(name + 100_000); // tests ask fast, and from one address
        }
      }
      return new Doors(
          new SpringApplicationBuilder(rooms.toArray(Class<?>[]::new))
              .run(arguments.toArray(String[]::new)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> settings(Path folder) {
    return List.of(
        "--server.port=0",
        "--server.address=127.0.0.1",
        "--nhv.store.url=jdbc:h2:file:" + folder.resolve("nhv"),
        "--nhv.access.tokens[0].sha256=" + DigestUtils.sha256Hex(TOKEN_A),
        "--nhv.access.tokens[0].role=unit",
        "--nhv.access.tokens[0].unit=" + UNIT_A,
        "--nhv.access.tokens[1].token=" + TOKEN_B,
        "--nhv.access.tokens[1].role=unit",
        "--nhv.access.tokens[1].unit=" + UNIT_B,
        "--nhv.access.tokens[2].token=" + AUTHORITY,
        "--nhv.access.tokens[2].role=authority",
        "--nhv.access.tokens[3].token=" + OPERATOR,
        "--nhv.access.tokens[3].role=operator",
        "--nhv.access.tokens[4].token=" + STAFF_A,
        "--nhv.access.tokens[4].role=staff",
        "--nhv.access.tokens[4].unit=" + UNIT_A,
        "--nhv.access.tokens[4].person=SE2321000016-1A11",
        "--nhv.access.tokens[4].name=Anna Andersson",
        "--nhv.access.tokens[5].token=" + STAFF_B,
        "--nhv.access.tokens[5].role=staff",
        "--nhv.access.tokens[5].unit=" + UNIT_B,
        "--nhv.access.tokens[5].person=SE2321000016-1B11",
        "--nhv.access.tokens[5].name=Bo Berg",
        "--nhv.access.tokens[6].token=" + DEVELOPER,
        "--nhv.access.tokens[6].role=developer",
        "--nhv.access.tokens[7].token=" + STAFF_A2,
        "--nhv.access.tokens[7].role=staff",
        "--nhv.access.tokens[7].unit=" + UNIT_A,
        "--nhv.access.tokens[7].person=SE2321000016-1A12",
        "--nhv.access.tokens[7].name=Bo Lind");
  }

  void close() {
    context.close();
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  String base() {
    return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  /** A request that a test completes. */
  HttpRequest.Builder request(@Nullable String token, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base() + path));
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Answer get(@Nullable String token, String path) {
    return send(request(token, path));
  }

  Answer put(String token, String path, String json) {
    return send(
        request(token, path)
            .header("Content-Type", "application/fhir+json")
            .PUT(BodyPublishers.ofString(json)));
  }

  Answer post(String token, String path, String json) {
    return send(
        request(token, path)
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(json)));
  }

  Answer delete(String token, String path) {
    return send(request(token, path).DELETE());
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }

  static String patient(String id) {
    return "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"gender\":\"female\"}".formatted(id);
  }

  static String procedure(String id, String patient) {
    return """
    {"resourceType":"Procedure","id":"%s","status":"completed",
     "subject":{"reference":"%s"},"performedDateTime":"2024-03-01"}"""
        .formatted(id, patient);
  }

  /** Where the Task of a request that was accepted is. */
  String task(Answer accepted) {
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
    String location = accepted.header("Content-Location");
    assertThat(location).startsWith(base() + "/intake/Task/");
    return location.substring(base().length());
  }

  /** The Task when it has one of these statuses, within a minute. */
  JsonNode until(String token, String task, String... statuses) {
    return await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> get(token, task).json(),
            found -> Set.of(statuses).contains(found.path("status").asText()));
  }

  /** What came back. */
  record Answer(HttpResponse<String> response) {

    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(body());
      } catch (IOException e) {
        throw new UncheckedIOException(body(), e);
      }
    }

    /** The diagnostics of the first issue; fails when the body is not an OperationOutcome. */
    String diagnostics() {
      if (!json().path("resourceType").asText().equals("OperationOutcome")) {
        throw new AssertionError("not an OperationOutcome: " + body());
      }
      return json().at("/issue/0/diagnostics").asText();
    }

    String expression() {
      return json().at("/issue/0/expression/0").asText();
    }
  }
}
