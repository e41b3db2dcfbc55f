package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** Any string in any element: taken and read back the same, or refused with its place. */
class NaughtyStringsTest {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // so that half a pair can be sent
          .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
          .build();

  private static final String SUBJECT =
      "\"subject\":{\"reference\":\"Patient/1\",\"display\":\"x\"},";
  private static final String CODE =
      "{\"coding\":[{\"system\":\"urn:s\",\"code\":\"c\",\"display\":\"x\"}],\"text\":\"x\"}";
  private static final String COMMON =
      "\"id\":\"naughty\",\"meta\":{\"source\":\"urn:x\",\"tag\":[{\"code\":\"x\"}]},\"identifier\":"
          + "[{\"system\":\"urn:s\",\"value\":\"x\"}],";

  private static final Map<String, String> REST =
      Map.ofEntries(
          Map.entry(
              "Patient",
              "\"gender\":\"male\",\"birthDate\":\"1950-01-01\",\"name\":[{\"family\":\"x\",\"given\":"
                  + "[\"x\"]}],\"address\":[{\"state\":\"01\",\"line\":[\"x\"],\"city\":\"x\"}]"),
          Map.entry(
              "Encounter",
              SUBJECT
                  + "\"status\":\"finished\",\"class\":{\"code\":\"IMP\"},\"period\":{\"start\":\"2024-01-01\"}"),
          Map.entry(
              "Procedure",
              SUBJECT
                  + "\"status\":\"completed\",\"category\":"
                  + CODE
                  + ",\"performedDateTime\":\"2024-01-01\",\"note\":[{\"text\":\"x\"}]"),
          Map.entry(
              "ServiceRequest",
              SUBJECT
                  + "\"status\":\"active\",\"intent\":\"order\",\"code\":"
                  + CODE
                  + ",\"authoredOn\":\"2024-01-01T10:00:00Z\",\"extension\":[{\"url\":\"urn:x\",\"valueString\":\"x\"}]"),
          Map.entry(
              "CarePlan",
              SUBJECT
                  + "\"status\":\"active\",\"intent\":\"plan\",\"category\":["
                  + CODE
                  + "],\"title\":\"x\""),
          Map.entry(
              "Observation",
              SUBJECT
                  + "\"status\":\"final\",\"code\":"
                  + CODE
                  + ",\"valueQuantity\":{\"value\":1.5,\"unit\":\"x\",\"code\":\"kPa\"}"),
          Map.entry(
              "QuestionnaireResponse",
              SUBJECT
                  + "\"status\":\"completed\",\"item\":[{\"linkId\":\"1\",\"text\":\"x\",\"answer\":"
                  + "[{\"valueString\":\"x\"}]}]"),
          Map.entry("Condition", SUBJECT + "\"code\":" + CODE + ",\"onsetString\":\"x\""),
          Map.entry(
              "DocumentReference",
              SUBJECT
                  + "\"status\":\"current\",\"type\":"
                  + CODE
                  + ",\"content\":[{\"attachment\":{\"title\":\"x\",\"contentType\":\"text/plain\"}}]"),
          Map.entry(
              "Communication",
              SUBJECT + "\"status\":\"completed\",\"payload\":[{\"contentString\":\"x\"}]"),
          Map.entry(
              "Organization",
              "\"name\":\"x\",\"alias\":[\"x\"],\"telecom\":[{\"system\":\"phone\",\"value\":\"x\"}]"));

  private final Doors doors = Doors.open();
  private final ResourceStore store = doors.bean(StoreDatabase.class).intake();

  /** One string in one element of a resource. */
  private record Case(String type, int element, String string) {}

  @Test
  void theTablesAreWhole() {
    assertThat(NaughtyStrings.all()).hasSizeGreaterThan(150);
    assertThat(REST.keySet()).containsExactlyInAnyOrderElementsOf(AcceptedTypes.ALL);
  }

  @Test
  void aSampleOfStringsIsTakenAsItIsOrRefused() throws IOException {
    List<Case> cases = cases();
    Random random = new Random(5);
    for (int i = 0; i < 400; i++) {
      judge(cases.get(random.nextInt(cases.size())));
    }
  }

  @Test
  @Tag("proof")
  void everyStringInEveryElementIsTakenAsItIsOrRefused() throws IOException {
    for (Case one : cases()) {
      judge(one);
    }
  }

  private static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String type : AcceptedTypes.ALL) {
      int elements = places(resource(type)).size();
      for (int element = 0; element < elements; element++) {
        for (String string : NaughtyStrings.all()) {
          cases.add(new Case(type, element, string));
        }
      }
    }
    return cases;
  }

  private static ObjectNode resource(String type) throws IOException {
    String json = "{\"resourceType\":\"" + type + "\"," + COMMON + REST.get(type) + "}";
    if (type.equals("CarePlan") || type.equals("QuestionnaireResponse")) {
      json = json.replace("\"identifier\":[{\"system\":\"urn:s\",\"value\":\"x\"}],", "");
    }
    return (ObjectNode) JSON.readTree(json);
  }

  private void judge(Case one) throws IOException {
    ObjectNode sent = resource(one.type());
    places(sent).get(one.element()).set(one.string());
    String path = "/intake/" + one.type() + "/naughty";
    Answer answer =
        doors.send(
            doors
                .request(TOKEN_A, path)
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", "application/fhir+json")
                .PUT(BodyPublishers.ofString(JSON.writeValueAsString(sent))));
    String what = JSON.writeValueAsString(sent);
    what = what.substring(0, Math.min(900, what.length())) + " " + answer.body();
    if (answer.status() >= 400) {
      assertThat(answer.status()).as(what).isBetween(400, 422);
      assertThat(answer.diagnostics()).as(what).isNotEmpty();
      assertThat(answer.expression()).as(what).isNotEmpty();
    } else {
      assertThat(answer.status()).as(what).isIn(200, 201);
      assertThat(doors.get(TOKEN_A, path).status()).as(what).isEqualTo(200);
      ResourceKey key = new ResourceKey(Doors.UNIT_A, one.type(), "naughty");
      byte[] stored = store.read(key).orElseThrow().json(); // the door itself trims codes
      assertThat(JSON.readTree(stored)).as(what).isEqualTo(sent);
    }
  }

  private interface Place {
    void set(String string);
  }

  /** Every string of the resource but its type. */
  private static List<Place> places(JsonNode node) {
    List<Place> places = new ArrayList<>();
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (field.getValue().isTextual() && !field.getKey().equals("resourceType")) {
          places.add(string -> object.put(field.getKey(), string));
        }
        places.addAll(places(field.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        int index = i;
        if (array.get(i).isTextual()) {
          places.add(string -> array.set(index, string));
        }
        places.addAll(places(array.get(i)));
      }
    }
    return places;
  }
}
