package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;
import static se.nhv.fhir.server.Doors.patient;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import se.nhv.fhir.server.Doors.Answer;

/**
 * Whatever is sent, the answer is a 4xx with an OperationOutcome, and the log tells nobody's data.
 */
@ExtendWith(OutputCaptureExtension.class)
class RobustnessTest {

  private final Doors doors = Doors.open();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/Patient/%F0%9F%98%80",
        "/Patient/%C3%B6",
        "/Patient/a%20b",
        "/Patient/..",
        "/Patient/1/2/3/4",
        "/Patient/1/_history/99999999999999999999",
        "/Patient/1/_history/-1",
        "/Patient/1/_history/",
        "/Patient?identifier=a",
        "/Patient?identifier=%7C%00",
        "/Patient?_id=%00",
        "/Patient?_cursor=AAAA%00",
        "/Patient?%00=1",
        "/$",
        "/%24report%24",
        "/Measure/$evaluate-measure/x",
        "/Measure/$evaluate-measure?periodStart=%00",
        "/Measure/%C3%B6/$evaluate-measure?periodStart=2024-01-01&periodEnd=2024-12-31"
      })
  void anOddPathOrQueryIsRefused(String path) {
    for (String door : new String[] {"/intake", "/fhir"}) {
      Answer answer = doors.get(door.equals("/fhir") ? AUTHORITY : TOKEN_A, door + path);
      assertThat(answer.status()).as(door + path).isBetween(400, 415);
    }
  }

  @Test
  void anIdOfAnyLengthIsAnswered() {
    for (int length : new int[] {65, 256, 1000, 4000}) {
      String id = "x".repeat(length);
      assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isBetween(400, 414);
      assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history").status())
          .isBetween(400, 414);
      assertThat(doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id)).status())
          .isBetween(400, 422);
      assertThat(doors.delete(TOKEN_A, "/intake/Patient/" + id).status()).isBetween(400, 422);
      assertThat(doors.get(TOKEN_A, "/intake/Patient?_id=" + id).json().at("/total").asInt(-1))
          .isIn(0, -1);
      assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/" + id).status()).isBetween(400, 414);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "1",
        "[]",
        "{}",
        "{\"resourceType\":null}",
        "{\"resourceType\":\"Nonsense\"}",
        "{\"resourceType\":\"Patient\"",
        "{\"resourceType\":\"Parameters\",\"parameter\":1}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"area\",\"valueInteger\":1}]}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"periodStart\",\"valueDate\":\"x\"}]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[[]]}",
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":{}}",
        "{\"resourceType\":\"Bundle\",\"type\":1}",
        "\u0000",
        "<Patient xmlns=\"http://hl7.org/fhir\"/>"
      })
  void anOddBodyIsRefused(String body) {
    for (String path :
        new String[] {
          "/intake", "/intake/Patient", "/intake/$report", "/intake/Measure/$evaluate-measure"
        }) {
      Answer answer = doors.post(TOKEN_A, path, body);
      assertThat(answer.status()).as(path + " " + answer.body()).isBetween(400, 422);
      assertThat(answer.diagnostics()).as(path).isNotEmpty();
    }
    assertThat(doors.put(TOKEN_A, "/intake/Patient/1", body).status()).isBetween(400, 422);
  }

  @Test
  void deepJsonIsRefused() {
    String deep = "{\"resourceType\":\"Parameters\",\"x\":" + "[".repeat(100_000);
    for (String path : new String[] {"/intake", "/intake/$report", "/intake/Patient"}) {
      assertThat(doors.post(TOKEN_A, path, deep).status()).isBetween(400, 422);
    }
  }

  @Test
  void thePathSaysWhichResourceAPutIsFor() {
    String id = newId();
    Answer answer =
        doors.send(
            doors
                .request(TOKEN_A, "/intake/Patient/" + id)
                .header("Content-Type", "application/fhir+json; charset=utf-8")
                .header("Content-Location", "Patient/another")
                .PUT(BodyPublishers.ofString(patient(id))));
    assertThat(answer.status()).isEqualTo(201);
  }

  @Test
  void metadataAnswersAHeadRequest() {
    Answer answer =
        doors.send(doors.request(null, "/fhir/metadata").method("HEAD", BodyPublishers.noBody()));
    assertThat(answer.status()).isBetween(200, 405);
    assertThat(answer.body()).isEmpty();
  }

  @Test
  void aPersonsDataIsNeverLoggedNorRepeatedInAnError(CapturedOutput log) {
    String canary = "191212121212";
    String json =
        """
        {"resourceType":"Patient","id":"%s","colour":"%s","gender":"%s","birthDate":"%s",
         "name":[{"family":"%s"}]}"""
            .formatted(canary, canary, canary, canary, canary);
    for (Answer answer :
        new Answer[] {
          doors.put(TOKEN_A, "/intake/Patient/" + canary, json),
          doors.post(TOKEN_A, "/intake/Patient", json),
          doors.post(TOKEN_A, "/intake", json + canary),
          doors.get(TOKEN_A, "/intake/Patient?name=" + canary),
          doors.get(TOKEN_A, "/intake/Nonsense?name=" + canary),
          doors.get(TOKEN_A, "/nonsense/" + canary)
        }) {
      assertThat(answer.status()).isBetween(400, 422);
      assertThat(answer.body()).doesNotContain(canary);
    }
    assertThat(log.getAll()).doesNotContain(canary);
  }
}
