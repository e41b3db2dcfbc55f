package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

/** What a sender is told of a version that comes after a newer one. */
class LateVersionsDoorTest {

  private final Doors doors = Doors.open();

  private static String patient(String id, String birthDate, String lastUpdated) {
    return """
    {"resourceType":"Patient","id":"%s","meta":{"lastUpdated":"%s"},"birthDate":"%s"}"""
        .formatted(id, lastUpdated, birthDate);
  }

  private Answer put(String id, String birthDate, String lastUpdated) {
    return doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id, birthDate, lastUpdated));
  }

  private String birthDate(String path) {
    return doors.get(TOKEN_A, "/intake/Patient/" + path).json().path("birthDate").asText();
  }

  @Test
  void aLatePutIsAnsweredWithWhatIsCurrentAndKeptInTheHistory() {
    String id = newId();
    put(id, "1950-01-02", "2024-05-01T10:00:00.200Z");
    Answer late = put(id, "1950-01-01", "2024-05-01T12:00:00.1999+02:00");
    assertThat(late.status()).isEqualTo(200);
    assertThat(late.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(late.header("Location")).endsWith("/Patient/" + id + "/_history/1");
    assertThat(late.diagnostics()).contains("version 1 has a later meta.lastUpdated");
    assertThat(late.json().at("/issue/0/severity").asText()).isEqualTo("information");
    assertThat(birthDate(id)).isEqualTo("1950-01-02");
    assertThat(birthDate(id + "/_history/2")).isEqualTo("1950-01-01");

    Answer again = put(id, "1950-01-01", "2024-05-01T12:00:00.1999+02:00");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEmpty();
    JsonNode history = doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history").json();
    assertThat(history.path("entry")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"transaction", "batch"})
  void inABundleTheEntrySaysSo(String type) {
    String id = newId();
    put(id, "1950-01-02", "2024-05-02T00:00:00Z");
    String bundle =
        """
        {"resourceType":"Bundle","type":"%s","entry":[
          {"request":{"method":"PUT","url":"Patient/%s"},"resource":%s}]}"""
            .formatted(type, id, patient(id, "1950-01-01", "2024-05-01T00:00:00Z"));
    JsonNode answer = doors.post(TOKEN_A, "/intake", bundle).json().at("/entry/0/response");
    assertThat(answer.path("status").asText()).isEqualTo("200 OK");
    assertThat(answer.path("etag").asText()).isEqualTo("W/\"1\"");
    assertThat(answer.at("/outcome/issue/0/severity").asText()).isEqualTo("information");
    assertThat(birthDate(id)).isEqualTo("1950-01-02");
  }

  @Test
  void whatIsDeletedStaysSoForWhatIsOlderAndCannotBeHeldBackByAWrongClock() {
    String id = newId();
    put(id, "1950-01-01", "2999-01-01T00:00:00Z");
    doors.delete(TOKEN_A, "/intake/Patient/" + id);
    Answer older = put(id, "1950-01-02", "2024-05-01T00:00:00Z");
    assertThat(older.status()).isEqualTo(200);
    assertThat(older.diagnostics()).contains("Without meta.lastUpdated it would replace it");
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(410);
    String timeless = Doors.patient(id);
    assertThat(doors.put(TOKEN_A, "/intake/Patient/" + id, timeless).status()).isEqualTo(201);
    assertThat(put(id, "1950-01-02", "2024-05-01T00:00:00Z").status()).isEqualTo(200);
    assertThat(birthDate(id)).isEqualTo("1950-01-02");
  }

  @ParameterizedTest
  @CsvSource({
    "2016-12-31T23:59:60Z, 2016-12-31T23:59:58Z",
    "2024-05-01T10:00:00.0000000000002Z, 2024-05-01T09:59:59.9999999999999Z"
  })
  void oddTimesAreTakenOrRefusedButNeverFail(String newer, String older) {
    String id = newId();
    Answer first = put(id, "1950-01-02", newer);
    assertThat(first.status()).as(first.body()).isIn(201, 400);
    assertThat(put(id, "1950-01-01", older).status()).isIn(200, 201, 400);
    if (first.status() == 201) {
      assertThat(birthDate(id)).isEqualTo("1950-01-02");
    }
  }
}
