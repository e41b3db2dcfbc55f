package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;
import static se.nhv.fhir.server.Doors.patient;
import static se.nhv.fhir.server.Doors.procedure;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.server.Doors.Answer;

class IntakeBundleTest {

  private final Doors doors = Doors.open();

  private static String bundle(String type, String... entries) {
    return "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
        .formatted(type, String.join(",", entries));
  }

  private static String put(String url, String resource) {
    return "{\"request\":{\"method\":\"PUT\",\"url\":\"%s\"},\"resource\":%s}"
        .formatted(url, resource);
  }

  private static String delete(String url) {
    return "{\"request\":{\"method\":\"DELETE\",\"url\":\"%s\"}}".formatted(url);
  }

  private Answer push(String json) {
    return doors.post(TOKEN_A, "/intake", json);
  }

  private int statusOf(String path) {
    return doors.get(TOKEN_A, "/intake/" + path).status();
  }

  @Test
  void aTransactionIsAnsweredInOrder() {
    String a = newId();
    String b = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + b, patient(b));
    String json =
        bundle(
            "transaction",
            put("Patient/" + a, patient(a)),
            put("Patient/" + b, patient(b)),
            put("Procedure/" + a, procedure(a, "Patient/" + a)),
            delete("Observation/" + a));
    Answer answer = push(json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/type").asText()).isEqualTo("transaction-response");
    assertThat(answer.json().at("/entry").findValuesAsText("status"))
        .containsExactly("201 Created", "200 OK", "201 Created", "204 No Content");
    JsonNode first = answer.json().at("/entry/0/response");
    assertThat(first.path("location").asText()).isEqualTo("Patient/" + a + "/_history/1");
    assertThat(first.path("etag").asText()).isEqualTo("W/\"1\"");
    assertThat(first.path("lastModified").asText()).isNotEmpty();

    Answer again = push(json);
    assertThat(again.json().at("/entry").findValuesAsText("etag"))
        .startsWith("W/\"1\"", "W/\"1\"", "W/\"1\"");
    assertThat(again.json().at("/entry/0/response/status").asText()).isEqualTo("200 OK");
  }

  @Test
  void aTransactionWithOneFaultStoresNothingAndNamesEveryFault() {
    String id = newId();
    Answer answer =
        push(
            bundle(
                "transaction",
                put("Patient/" + id, patient(id)),
                put(
                    "Procedure/" + id,
                    "{\"resourceType\":\"Procedure\",\"id\":\""
                        + id
                        + "\",\"status\":\"completed\",\"colour\":1}"),
                put("Patient/other", patient("another"))));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/issue").findValuesAsText("diagnostics"))
        .anySatisfy(it -> assertThat(it).startsWith("Bundle.entry[1].resource.colour"))
        .anySatisfy(it -> assertThat(it).startsWith("Bundle.entry[2].resource.id"));
    assertThat(statusOf("Patient/" + id)).isEqualTo(404);
  }

  @Test
  void whatTheIntakeRefusesIsNamedByItsEntryAndStoresNothing() {
    String id = newId();
    Answer answer =
        push(
            bundle(
                "transaction",
                put("Patient/" + id, patient(id)),
                put(
                    "Procedure/" + id,
                    "{\"resourceType\":\"Procedure\",\"id\":\""
                        + id
                        + "\",\"status\":\"completed\"}")));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.expression()).isEqualTo("Bundle.entry[1].resource.subject");
    assertThat(statusOf("Patient/" + id)).isEqualTo(404);
  }

  @Test
  void aVersionConflictRollsTheTransactionBack() {
    String id = newId();
    String conflict =
        "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%s-2\",\"ifMatch\":\"W/\\\"4\\\"\"},\"resource\":%s}"
            .formatted(id, patient(id + "-2"));
    Answer answer = push(bundle("transaction", put("Patient/" + id, patient(id)), conflict));
    assertThat(answer.status()).isEqualTo(412);
    assertThat(statusOf("Patient/" + id)).isEqualTo(404);
  }

  @Test
  void aBatchTakesEachEntryForItself() {
    String id = newId();
    Answer answer =
        push(
            bundle(
                "batch",
                put("Patient/" + id, patient(id)),
                put("Patient/x", patient("x").replace("gender", "sex")),
                put(
                    "Procedure/" + id,
                    "{\"resourceType\":\"Procedure\",\"id\":\""
                        + id
                        + "\",\"status\":\"completed\"}"),
                "{\"request\":{\"method\":\"GET\",\"url\":\"Patient\"}}",
                put("Procedure/p" + id, procedure("p" + id, "Patient/" + id))));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().at("/type").asText()).isEqualTo("batch-response");
    assertThat(answer.json().at("/entry").findValuesAsText("status"))
        .containsExactly(
            "201 Created",
            "400 Bad Request",
            "422 Unprocessable Entity",
            "422 Unprocessable Entity",
            "201 Created");
    assertThat(answer.json().at("/entry/1/response/outcome/issue/0/expression/0").asText())
        .isEqualTo("Bundle.entry[1].resource.sex");
    assertThat(statusOf("Procedure/p" + id)).isEqualTo(200);
  }

  @Test
  void aPostedEntryIsFoundByItsPlaceholder() {
    String value = newId();
    String json =
        bundle(
            "transaction",
            """
            {"fullUrl":"urn:uuid:0f2c9d3e-8b1a-4a7e-9c55-0d5f6c2c7e11",
             "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:s|%s"},
             "resource":{"resourceType":"Patient","identifier":[{"system":"urn:s","value":"%s"}]}}"""
                .formatted(value, value),
            put(
                "Procedure/" + value,
                procedure(value, "urn:uuid:0f2c9d3e-8b1a-4a7e-9c55-0d5f6c2c7e11")));
    Answer answer = push(json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    String patient =
        answer.json().at("/entry/0/response/location").asText().replaceFirst("/_history.*", "");
    assertThat(
            doors
                .get(TOKEN_A, "/intake/Procedure/" + value)
                .json()
                .at("/subject/reference")
                .asText())
        .isEqualTo(patient);
    assertThat(statusOf(patient)).isEqualTo(200);

    Answer again = push(json);
    assertThat(again.json().at("/entry").findValuesAsText("status"))
        .containsExactly("200 OK", "200 OK");
    assertThat(again.json().at("/entry/1/response/etag").asText()).isEqualTo("W/\"1\"");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,Patient/1,request.method",
    "PATCH,Patient/1,request.method",
    "PUT,Patient?identifier=a|b,request.url",
    "PUT,http://elsewhere.example/Patient/1,request.url",
    "PUT,Patient,request.url",
    "POST,Patient,request.ifNoneExist",
    "DELETE,Patient?identifier=a|b,request.url"
  })
  void entriesThatAreNotTakenAreNamed(String method, String url, String element) {
    String resource = method.equals("DELETE") ? "" : ",\"resource\":" + patient("1");
    Answer answer =
        push(
            bundle(
                "transaction",
                "{\"request\":{\"method\":\"%s\",\"url\":\"%s\"}%s}"
                    .formatted(method, url, resource)));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.expression()).isEqualTo("Bundle.entry[0]." + element);
  }

  @Test
  void theSameResourceTwiceInATransactionIsRefused() {
    String id = newId();
    Answer answer =
        push(bundle("transaction", put("Patient/" + id, patient(id)), delete("Patient/" + id)));
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.expression()).isEqualTo("Bundle.entry[1].request.url");
  }

  @Test
  void aBundleTakesFiveHundredEntriesAndNoMore() {
    String run = newId();
    List<String> entries =
        new ArrayList<>(
            IntStream.range(0, 500)
                .mapToObj(i -> put("Patient/" + run + i, patient(run + i)))
                .toList());
    assertThat(push(bundle("transaction", entries.toArray(String[]::new))).status()).isEqualTo(200);
    entries.add(put("Patient/one-more", patient("one-more")));
    Answer answer = push(bundle("transaction", entries.toArray(String[]::new)));
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.diagnostics()).contains("500");
  }

  @Test
  void otherBundlesAndBodiesAreRefused() {
    assertThat(push(bundle("collection")).status()).isEqualTo(400);
    assertThat(push(patient("1")).status()).isEqualTo(400);
    assertThat(push("[]").status()).isEqualTo(400);
    assertThat(push("{").status()).isEqualTo(400);
    assertThat(push("").status()).isEqualTo(400);
    Answer unknown =
        push("{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"colour\":\"red\",\"entry\":[]}");
    assertThat(unknown.status()).isEqualTo(400);
    assertThat(unknown.expression()).isEqualTo("Bundle.colour");
    assertThat(push(bundle("transaction", "1", "null", "{}")).status()).isEqualTo(400);
  }
}
