package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MutilatedResourceTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> RESOURCES =
      List.of(
          """
          {"resourceType":"Patient","id":"1","meta":{"versionId":"1","profile":["http://x"],
           "lastUpdated":"2024-01-01T00:00:00Z","security":[{"system":"http://x","code":"y"}]},
           "text":{"status":"generated","div":"<div xmlns='http://www.w3.org/1999/xhtml'>x</div>"},
           "contained":[{"resourceType":"Organization","id":"o","name":"x"}],
           "extension":[{"url":"http://x","valueString":"x"},{"url":"http://y","extension":[
             {"url":"z","valueBoolean":true}]}],
           "identifier":[{"system":"http://x","value":"1"}],"active":true,
           "name":[{"family":"x","given":["a","b"],"_given":[null,{"id":"g"}]}],
           "gender":"male","birthDate":"2000-01-01","_birthDate":{"extension":[
             {"url":"http://x","valueDateTime":"2000-01-01"}]},
           "deceasedBoolean":false,"multipleBirthInteger":1,
           "managingOrganization":{"reference":"#o"}}
          """,
          """
          {"resourceType":"Observation","id":"1","status":"final","code":{"coding":[{"code":"x"}]},
           "subject":{"reference":"Patient/1"},"valueQuantity":{"value":1.5,"comparator":"<"},
           "component":[{"code":{"text":"x"},"valueInteger":1}]}
          """,
          """
          {"resourceType":"QuestionnaireResponse","id":"1","status":"completed",
           "identifier":{"value":"x"},"subject":{"reference":"Patient/1"},
           "item":[{"linkId":"1","answer":[{"valueDate":"2024-01-01"}],"item":[{"linkId":"2"}]}]}
          """);

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "1",
          "-1.5e3",
          "1e999999999",
          "\"\"",
          "\" \"",
          "\"x\"",
          "\"#\"",
          "[]",
          "{}",
          "[[]]",
          "[null]",
          "[1]",
          "[\"x\",\"x\"]",
          "[{}]",
          "{\"a\":1}",
          "{\"resourceType\":\"Patient\"}",
          "[{\"resourceType\":\"None\"}]",
          "\"\\u0000\\ud800\"");

  @Test
  void isTakenWhenItIsWhole() {
    for (String resource : RESOURCES) {
      StrictJson.parse(resource.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Test
  void isTakenOrRefusedByElementAndNothingElseHappens() throws JsonProcessingException {
    List<String> failures = new ArrayList<>();
    int tried = 0;
    for (String resource : RESOURCES) {
      for (String value : VALUES) {
        for (int place = 0; ; place++) {
          ObjectNode mutilated = (ObjectNode) MAPPER.readTree(resource);
          if (!replace(mutilated, new int[] {place}, MAPPER.readTree(value))) {
            break;
          }
          tried++;
          attempt(mutilated.toString(), failures);
        }
      }
    }
    assertThat(tried).isGreaterThan(1000);
    assertThat(failures).isEmpty();
  }

  private static void attempt(String json, List<String> failures) {
    try {
      StrictJson.encode(StrictJson.parse(json.getBytes(StandardCharsets.UTF_8)));
    } catch (MalformedResourceException e) {
      assertThat(e.refusals()).allSatisfy(it -> assertThat(it.element()).isNotBlank());
    } catch (RuntimeException e) {
      failures.add(e + " of " + json);
    }
  }

  /** Replaces the value at a place counted in the order of the document. */
  private static boolean replace(JsonNode node, int[] place, JsonNode value) {
    if (node instanceof ObjectNode object) {
      for (String key : object.propertyStream().map(Map.Entry::getKey).toList()) {
        if (place[0]-- == 0) {
          object.set(key, value);
          return true;
        }
        if (replace(object.get(key), place, value)) {
          return true;
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (place[0]-- == 0) {
          array.set(i, value);
          return true;
        }
        if (replace(array.get(i), place, value)) {
          return true;
        }
      }
    }
    return false;
  }
}
