package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.OPERATOR;
import static se.nhv.fhir.server.Doors.TOKEN_A;

import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/**
 * Identities planted in what is pushed, asked and got wrong are found in no metric and no log line,
 * plain or structured.
 */
@ExtendWith(OutputCaptureExtension.class)
class CanaryTest {

  private static final int SHAPES = 12;

  @Test
  void noPlantedIdentityIsInMetricsOrLog(CapturedOutput output) {
    plant(300, output);
  }

  @Test
  @Tag("proof")
  void noPlantedIdentityOfTenThousandIsInMetricsOrLog(CapturedOutput output) {
    plant(10_000, output);
  }

  private static void plant(int bodies, CapturedOutput output) {
    Doors doors =
        Doors.start(
            "--logging.config=classpath:logback-structured.xml",
            "--logging.structured.format.console=ecs",
            "--logging.level.root=INFO");
    List<String> planted = new ArrayList<>();
    try {
      for (int i = 0; i < bodies; i++) {
        String canary = "Kanariesson" + (100_000 + i);
        planted.add(canary);
        send(doors, i % SHAPES, canary);
      }
      String metrics = doors.get(OPERATOR, "/actuator/prometheus").body();
      assertThat(metrics).contains("nhv_intake_refusals_total", "nhv_intake_resources_total");
      assertThat(output.getAll()).contains("\"ecs\":", "\"request\":");
      assertThat(metrics).doesNotContainIgnoringCase("kanarie");
      assertThat(output.getAll()).doesNotContainIgnoringCase("kanarie");
    } finally {
      doors.close();
    }
    assertThat(planted).hasSize(bodies).doesNotHaveDuplicates();
  }

  private static void send(Doors doors, int shape, String canary) {
    String patient =
        "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\"}]}"
            .formatted(canary, canary);
    switch (shape) {
      case 0 ->
          assertThat(doors.put(TOKEN_A, "/intake/Patient/" + canary, patient).status())
              .isEqualTo(201);
      case 1 -> refused(doors.put(TOKEN_A, "/intake/Patient/other", patient));
      case 2 ->
          refused(
              doors.put(
                  TOKEN_A,
                  "/intake/Patient/x",
                  "{\"resourceType\":\"Patient\",\"id\":\"x\",\"" + canary + "\":1}"));
      case 3 ->
          refused(
              doors.put(
                  TOKEN_A,
                  "/intake/Patient/x",
                  "{\"resourceType\":\"Patient\",\"id\":\"x\",\"birthDate\":\"" + canary + "\"}"));
      case 4 -> refused(doors.put(TOKEN_A, "/intake/Patient/x", "{\"" + canary));
      default -> sendElsewhere(doors, shape, canary, patient);
    }
  }

  private static void sendElsewhere(Doors doors, int shape, String canary, String patient) {
    switch (shape) {
      case 5 -> refused(doors.get(TOKEN_A, "/intake/Patient?" + canary + "=" + canary));
      case 6 ->
          assertThat(doors.get(TOKEN_A, "/intake/Patient?identifier=urn:x%7C" + canary).status())
              .isEqualTo(200);
      case 7 -> refused(doors.get(TOKEN_A, "/intake/" + canary + "/" + canary));
      case 8 ->
          refused(
              doors.post(
                  TOKEN_A,
                  "/intake",
                  "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\""
                      + canary
                      + "\":1,\"resource\":"
                      + patient
                      + ",\"request\":{\"method\":\"PUT\",\"url\":\"Procedure/"
                      + canary
                      + "\"}}]}"));
      case 9 ->
          refused(
              doors.send(
                  doors
                      .request(TOKEN_A, "/intake/Patient/x?a=" + canary)
                      .header("X-Request-ID", canary)
                      .header("Content-Type", "text/" + canary)
                      .PUT(BodyPublishers.ofString(patient))));
      case 10 -> refused(doors.post(TOKEN_A, "/intake/Task/" + canary + "/$cancel", "{}"));
      default ->
          refused(
              doors.get(
                  TOKEN_A,
                  "/intake/Task?status="
                      + canary
                      + "&"
                      + URLEncoder.encode(canary + "ö", StandardCharsets.UTF_8)
                      + "=1"));
    }
  }

  private static void refused(Doors.Answer answer) {
    assertThat(answer.status()).as(answer.body()).isBetween(400, 422);
  }
}
