package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.OPERATOR;
import static se.nhv.fhir.server.Doors.TOKEN_A;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

class AccessTest {

  private final Doors doors = Doors.open();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/fhir/metadata",
        "/intake/metadata",
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness"
      })
  void onlyMetadataAndHealthAnswerWithoutToken(String path) {
    assertThat(doors.get(null, path).status()).isEqualTo(200);
    assertThat(doors.send(doors.request(null, path).POST(BodyPublishers.noBody())).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/fhir",
        "/fhir/",
        "/fhir/MeasureReport",
        "/fhir/MeasureReport/1",
        "/fhir/MeasureReport/1/_history",
        "/fhir/Measure",
        "/fhir/Organization",
        "/fhir/Patient",
        "/fhir/metadata/",
        "/fhir/metadata/x",
        "/fhir/$report",
        "/fhir/_history",
        "/fhir/StructureDefinition",
        "/intake",
        "/intake/Patient",
        "/intake/Patient/1",
        "/intake/Patient/1/_history",
        "/intake/Patient/_search",
        "/intake/Measure/$evaluate-measure",
        "/intake/$report",
        "/intake/$pull",
        "/intake/Task",
        "/intake/Task/1/$cancel",
        "/intake/Endpoint",
        "/actuator",
        "/actuator/",
        "/actuator/env",
        "/actuator/heapdump",
        "/actuator/info",
        "/actuator/metrics",
        "/actuator/prometheus",
        "/actuator/health/db",
        "/error",
        "/favicon.ico",
        "/index.html",
        "/unknown"
      })
  void nothingElseAnswersWithoutToken(String path) {
    Answer none = doors.get(null, path);
    assertThat(none.status()).isEqualTo(401);
    assertThat(none.header("WWW-Authenticate")).startsWith("Bearer");
    assertThat(none.header("Content-Type")).startsWith("application/fhir+json");
    assertThat(none.diagnostics()).contains("token");
    assertThat(doors.get("token-that-nobody-has-01", path).status()).isEqualTo(401);
    assertThat(doors.send(doors.request(null, path).POST(BodyPublishers.noBody())).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Basic dG9rZW4=",
        "Bearer",
        "Bearer ",
        "Bearer  ",
        "token-of-unit-a-0123456789",
        "bearer x,y"
      })
  void whatIsNoBearerTokenIsNotTaken(String authorization) {
    Answer answer =
        doors.send(doors.request(null, "/fhir/metadata").header("Authorization", authorization));
    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/intake",
        "/intake/Patient",
        "/intake/Patient/1",
        "/intake/Measure/$evaluate-measure",
        "/intake/Patient/1/_history/1"
      })
  void theAuthorityDoesNotPassTheIntakeDoor(String path) {
    Answer answer = doors.get(AUTHORITY, path);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.json().at("/issue/0/code").asText()).isEqualTo("forbidden");
    assertThat(doors.put(AUTHORITY, "/intake/Patient/1", Doors.patient("1")).status())
        .isEqualTo(403);
    assertThat(doors.get(AUTHORITY, "/intake/metadata").status()).isEqualTo(200);
  }

  @Test
  void metricsAreForTheOperatorAlone() {
    assertThat(doors.get(OPERATOR, "/actuator/prometheus").body()).contains("nhv_http_requests");
    assertThat(doors.get(TOKEN_A, "/actuator/prometheus").status()).isEqualTo(403);
    assertThat(doors.get(AUTHORITY, "/actuator/prometheus").status()).isEqualTo(403);
    assertThat(doors.post(OPERATOR, "/actuator/prometheus", "{}").status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/fhir",
        "/fhir/MeasureReport",
        "/fhir/Measure",
        "/intake",
        "/intake/Patient/1",
        "/intake/Task",
        "/intake/Endpoint",
        "/actuator",
        "/actuator/env",
        "/actuator/metrics",
        "/actuator/prometheus/x",
        "/unknown"
      })
  void theOperatorReadsNothingElse(String path) {
    assertThat(doors.get(OPERATOR, path).status()).isEqualTo(403);
    assertThat(doors.get(OPERATOR, "/actuator/health").status()).isEqualTo(200);
    assertThat(doors.get(OPERATOR, "/intake/metadata").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/intake//Patient/1",
        "/intake;x=1/Patient/1",
        "/intake/Patient/%2e%2e/metadata",
        "/fhir/..%2fintake/Patient",
        "/fhir/%2e%2e/intake/Patient/1",
        "/intake/Patient/1%00"
      })
  void aPathThatCanBeReadInTwoWaysIsRefused(String path) {
    assertThat(doors.get(AUTHORITY, path).status()).isEqualTo(400);
    assertThat(doors.get(null, path).status()).isEqualTo(400);
  }

  @Test
  void pathsThatNoDoorHasAreNotFound() {
    for (String path : new String[] {"/unknown", "/", "/actuator/env", "/actuator", "/intakes"}) {
      Answer answer = doors.get(TOKEN_A, path);
      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.diagnostics()).contains("/intake");
    }
  }

  @Test
  void publicReportsAreReadWithoutTokenAndNothingElseIs() {
    Doors demo = Doors.start("--nhv.access.public-reports=true");
    try {
      assertThat(demo.get(null, "/fhir/MeasureReport").status()).isEqualTo(200);
      assertThat(demo.get("token-that-nobody-has-01", "/fhir/MeasureReport").status())
          .isEqualTo(401);
      assertThat(demo.get(null, "/intake/Patient").status()).isEqualTo(401);
      assertThat(
              demo.send(demo.request(null, "/fhir/MeasureReport").POST(BodyPublishers.noBody()))
                  .status())
          .isEqualTo(401);
    } finally {
      demo.close();
    }
  }
}
