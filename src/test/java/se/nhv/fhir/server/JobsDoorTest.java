package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.OPERATOR;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.UNIT_A;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import se.nhv.fhir.server.Doors.Answer;

/** Jobs at the intake door, over a hospital whose answers the test decides. */
@Timeout(120)
class JobsDoorTest {

  private static final WireMockServer HOSPITAL =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private static final String EMPTY =
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
  private static final String PATIENTS =
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":1,\"entry\":[{\"resource\":"
          + "{\"resourceType\":\"Patient\",\"id\":\"pulled\"}}]}";

  private static final String STATEMENT =
      "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}";

  private static Doors doors;

  @BeforeAll
  static void open() {
    HOSPITAL.start();
    doors =
        Doors.start(
            "--nhv.jobs.heartbeat=200ms",
            "--nhv.endpoints[0].id=ward",
            "--nhv.endpoints[0].unit=" + UNIT_A,
            "--nhv.endpoints[0].base=" + HOSPITAL.baseUrl() + "/fhir",
            "--nhv.endpoints[1].id=closed",
            "--nhv.endpoints[1].unit=" + UNIT_A,
            "--nhv.endpoints[1].base=" + HOSPITAL.baseUrl() + "/fhir",
            "--nhv.endpoints[1].off=true");
  }

  @AfterAll
  static void close() {
    doors.close();
    HOSPITAL.stop();
  }

  @BeforeEach
  void answer() {
    HOSPITAL.resetAll();
    HOSPITAL.stubFor(WireMock.get(WireMock.anyUrl()).willReturn(WireMock.okJson(EMPTY)));
    HOSPITAL.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/fhir/Patient"))
            .willReturn(WireMock.okJson(PATIENTS)));
    HOSPITAL.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/fhir/metadata"))
            .willReturn(WireMock.okJson(STATEMENT)));
  }

  private static Answer post(String token, String path) {
    return doors.send(doors.request(token, path).POST(BodyPublishers.noBody()));
  }

  private static String startPull(String query) {
    Answer answer = post(TOKEN_A, "/intake/$pull" + query);
    return doors.task(answer);
  }

  private static JsonNode until(String task, String... statuses) {
    return doors.until(TOKEN_A, task, statuses);
  }

  private static List<String> outputs(JsonNode task, String name) {
    return StreamSupport.stream(task.path("output").spliterator(), false)
        .filter(it -> it.at("/type/text").asText().equals(name))
        .map(it -> it.has("valueInteger") ? it.path("valueInteger") : it.path("valueString"))
        .map(JsonNode::asText)
        .toList();
  }

  private static JsonNode endpoint(String id) {
    return doors.get(TOKEN_A, "/intake/Endpoint/" + id).json();
  }

  @Test
  void aPullIsAcceptedAndItsTaskSaysWhatCame() {
    String task = startPull("");
    JsonNode done = until(task, "completed");
    assertThat(done.path("businessStatus").isMissingNode()).isTrue();
    assertThat(outputs(done, "queries-failed")).containsExactly("0");
    assertThat(done.at("/focus/reference").asText()).isEqualTo("Endpoint/ward");
    JsonNode history = doors.get(TOKEN_A, task + "/_history").json();
    assertThat(history.path("entry").findValuesAsText("status"))
        .contains("requested", "in-progress", "completed");
    JsonNode pulls = doors.get(TOKEN_A, "/intake/Task?code=pull&status=completed").json();
    assertThat(pulls.path("total").asInt()).isPositive();
    assertThat(endpoint("ward").path("status").asText()).isEqualTo("active");
    assertThat(doors.get(OPERATOR, "/actuator/prometheus").body())
        .contains("nhv_pull_queries_total{endpoint=\"ward\",outcome=\"complete\"}")
        .contains("nhv_pull_since_complete_seconds{endpoint=\"ward\"}")
        .contains("nhv_jobs_seconds_count{kind=\"pull\",outcome=\"completed\"");
  }

  @Test
  void anIncompletePullNamesTheQueryThatFailedAndIsResumed() {
    HOSPITAL.stubFor(
        WireMock.get(WireMock.urlPathEqualTo("/fhir/Procedure"))
            .willReturn(WireMock.aResponse().withStatus(403)));
    String task = startPull("?mode=full&endpoint=ward");
    JsonNode gap = until(task, "completed");
    assertThat(gap.at("/businessStatus/text").asText()).isEqualTo("incomplete");
    assertThat(outputs(gap, "failed-query"))
        .isNotEmpty()
        .allSatisfy(failed -> assertThat(failed).contains("Procedure", "403"));
    assertThat(outputs(gap, "measure-touched")).isNotEmpty();
    assertThat(endpoint("ward").path("status").asText()).isEqualTo("error");
    assertThat(doors.get(null, "/actuator/health/readiness").status()).isEqualTo(200);
    answer();
    assertThat(post(TOKEN_A, task + "/$resume").json().path("status").asText())
        .isEqualTo("requested");
    JsonNode whole = until(task, "completed");
    assertThat(whole.path("businessStatus").isMissingNode()).isTrue();
    assertThat(endpoint("ward").path("status").asText()).isEqualTo("active");
    assertThat(post(TOKEN_A, task + "/$resume").status()).isEqualTo(422);
  }

  @Test
  void aRunningPullIsCancelledBetweenPagesAndOneThatWaitsIsTakenAway() {
    HOSPITAL.stubFor(
        WireMock.get(WireMock.anyUrl()).willReturn(WireMock.okJson(EMPTY).withFixedDelay(1500)));
    String running = startPull("");
    until(running, "in-progress");
    String waiting = startPull("");
    assertThat(doors.get(TOKEN_A, waiting).json().path("status").asText()).isEqualTo("requested");
    assertThat(post(TOKEN_A, waiting + "/$cancel").json().path("status").asText())
        .isEqualTo("cancelled");
    assertThat(post(TOKEN_A, running + "/$cancel").status()).isEqualTo(200);
    until(running, "cancelled");
    assertThat(endpoint("ward").path("status").asText()).isEqualTo("suspended");
    assertThat(post(TOKEN_A, running + "/$cancel").status()).isEqualTo(422);
  }

  @Test
  void anotherUnitSeesAndChangesNothing() {
    String task = startPull("");
    until(task, "completed");
    assertThat(doors.get(TOKEN_B, task).status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_B, task + "/_history").status()).isEqualTo(404);
    assertThat(post(TOKEN_B, task + "/$cancel").status()).isEqualTo(404);
    assertThat(post(TOKEN_B, task + "/$resume").status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_B, "/intake/Task").json().path("total").asInt()).isZero();
    assertThat(doors.get(TOKEN_B, "/intake/Endpoint").json().path("total").asInt()).isZero();
    assertThat(doors.get(TOKEN_B, "/intake/Endpoint/ward").status()).isEqualTo(404);
    assertThat(post(TOKEN_B, "/intake/$pull?endpoint=ward").status()).isEqualTo(422);
  }

  @Test
  void anEndpointThatIsOffIsNotAsked() {
    assertThat(endpoint("closed").path("status").asText()).isEqualTo("off");
    assertThat(post(TOKEN_A, "/intake/$pull?endpoint=closed").status()).isEqualTo(422);
    assertThat(post(TOKEN_A, "/intake/$pull?mode=often").status()).isEqualTo(400);
  }

  @Test
  void aReportIsAJobOnlyWhenThatIsPreferred() {
    String body =
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"area\",\"valueString\":\"net\"},"
            + "{\"name\":\"reportingYear\",\"valueInteger\":2025}]}";
    assertThat(doors.post(TOKEN_A, "/intake/$report", body).status()).isEqualTo(200);
    Answer answer =
        doors.send(
            doors
                .request(TOKEN_A, "/intake/$report")
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofString(body)));
    assertThat(answer.status()).isEqualTo(202);
    String task = answer.header("Content-Location").substring(doors.base().length());
    JsonNode asked = doors.get(TOKEN_A, task).json();
    assertThat(asked.at("/code/coding/0/code").asText()).isEqualTo("report");
    assertThat(asked.path("input").findValuesAsText("valueString")).contains("net", "2025");
  }
}
