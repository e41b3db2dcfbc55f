package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.server.JsonTexts.Says;
import se.nhv.fhir.server.JsonTexts.Text;

/** What is JSON is taken and read back the same; what is not is refused with its place. */
class JsonEdgeCasesTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final Doors doors = Doors.open();

  @Test
  void theTableHasTextsOfEveryKind() {
    assertThat(JsonTexts.all()).hasSizeGreaterThan(200);
    for (Says says : Says.values()) {
      assertThat(JsonTexts.all()).filteredOn(it -> it.says() == says).hasSizeGreaterThan(20);
    }
  }

  @Test
  void aSampleOfTextsIsTakenOrRefusedAsItDeserves() throws IOException {
    List<Text> texts = new ArrayList<>(JsonTexts.all());
    Collections.shuffle(texts, new Random(3));
    judge(texts.subList(0, 120));
  }

  @Test
  @Tag("proof")
  void everyTextIsTakenOrRefusedAsItDeserves() throws IOException {
    judge(JsonTexts.all());
  }

  private void judge(List<Text> texts) throws IOException {
    for (Text text : texts) {
      asAResource(text);
      asAnEntry(text);
      for (Answer alone : List.of(post("/intake", text.value()), put(newId(), text.value()))) {
        assertRefused(text, alone);
      }
    }
  }

  private void asAResource(Text text) throws IOException {
    String id = newId();
    byte[] body = text.in(id);
    Answer answer = put(id, body);
    if (answer.status() >= 400 && text.says() != Says.JSON) {
      assertRefused(text, answer);
      return;
    }
    assertThat(answer.status()).as("%s %s", text, answer.body()).isEqualTo(201);
    assertThat(text.says()).as("%s was taken", text).isNotEqualTo(Says.NOT_JSON);
    JsonNode found = JSON.readTree(doors.get(TOKEN_A, "/intake/Patient/" + id).body());
    JsonNode sent = JSON.readTree(body).path("extension");
    assertThat(found.path("extension").equals(JsonEdgeCasesTest::compare, sent))
        .as("%s %s", text, found)
        .isTrue();
  }

  /** Numbers by their value: 1e3 is written as 1000. */
  private static int compare(JsonNode one, JsonNode other) {
    boolean same =
        (one.isNumber() && other.isNumber())
            ? one.decimalValue().compareTo(other.decimalValue()) == 0
            : one.equals(other);
    return same ? 0 : 1;
  }

  private void asAnEntry(Text text) {
    String id = newId();
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    bundle.writeBytes(
        utf8(
            "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"request\":"
                + "{\"method\":\"PUT\",\"url\":\"Patient/"
                + id
                + "\"},\"resource\":"));
    bundle.writeBytes(text.in(id));
    bundle.writeBytes(utf8("}]}"));
    Answer answer = post("/intake", bundle.toByteArray());
    if (text.says() == Says.JSON) {
      assertThat(answer.status()).as("%s %s", text, answer.body()).isEqualTo(200);
    } else if (text.says() == Says.NOT_JSON || answer.status() != 200) {
      assertRefused(text, answer);
      assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(404);
    }
  }

  private static void assertRefused(Text text, Answer answer) {
    assertThat(answer.status()).as("%s %s", text, answer.body()).isBetween(400, 422);
    assertThat(answer.diagnostics()).as("%s", text).isNotEmpty();
    if (text.says() == Says.NOT_JSON
        && answer.expression().equals("$this")
        && text.value().length > 0) {
      assertThat(answer.diagnostics())
          .as("%s", text)
          .containsAnyOf("at line ", "at byte ", "levels", "not a JSON object");
    }
  }

  private Answer put(String id, byte[] body) {
    return doors.send(
        doors
            .request(TOKEN_A, "/intake/Patient/" + id)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/fhir+json")
            .PUT(BodyPublishers.ofByteArray(body)));
  }

  private Answer post(String path, byte[] body) {
    return doors.send(
        doors
            .request(TOKEN_A, path)
            .timeout(Duration.ofSeconds(5))
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofByteArray(body)));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
