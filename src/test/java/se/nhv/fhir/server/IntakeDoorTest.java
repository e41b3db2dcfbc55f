package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.newId;
import static se.nhv.fhir.server.Doors.patient;
import static se.nhv.fhir.server.Doors.procedure;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.server.Doors.Answer;

class IntakeDoorTest {

  private final Doors doors = Doors.open();

  @Test
  void aResourceIsPutUnderTheSourcesOwnIdAndReadBack() {
    String id = newId();
    Answer put = doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    assertThat(put.status()).isEqualTo(201);
    assertThat(put.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(put.header("Location")).endsWith("/intake/Patient/" + id + "/_history/1");

    Answer read = doors.get(TOKEN_A, "/intake/Patient/" + id);
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.header("Content-Type")).startsWith("application/fhir+json");
    assertThat(read.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(read.json().at("/meta/versionId").asText()).isEqualTo("1");
    assertThat(read.json().at("/gender").asText()).isEqualTo("female");
  }

  @Test
  void theSamePushTwiceHasOneEffect() {
    String id = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    Answer again = doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("ETag")).isEqualTo("W/\"1\"");
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history").json().at("/entry"))
        .hasSize(1);
  }

  @Test
  void theSamePushSixteenTimesAtOnceHasOneEffect() throws Exception {
    String id = newId();
    ExecutorService senders = Executors.newFixedThreadPool(16);
    List<Callable<Answer>> pushes = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      pushes.add(() -> doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id)));
    }
    List<Integer> statuses = new ArrayList<>();
    for (Future<Answer> answer : senders.invokeAll(pushes)) {
      statuses.add(answer.get().status());
    }
    senders.shutdown();
    assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history").json().at("/entry"))
        .hasSize(1);
  }

  @Test
  void historyHoldsEveryVersionAndTheDeletion() {
    String id = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id).replace("female", "male"));
    assertThat(doors.delete(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(200);

    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(410);
    assertThat(
            doors
                .get(TOKEN_A, "/intake/Patient/" + id + "/_history/1")
                .json()
                .at("/gender")
                .asText())
        .isEqualTo("female");
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history/3").status()).isEqualTo(410);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history/9").status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history/x").status())
        .isBetween(400, 404);
    Answer history = doors.get(TOKEN_A, "/intake/Patient/" + id + "/_history");
    assertThat(history.json().at("/type").asText()).isEqualTo("history");
    assertThat(history.json().at("/entry").findValuesAsText("method"))
        .containsExactly("DELETE", "PUT", "PUT");
  }

  @Test
  void anExpectedVersionThatIsNotCurrentIsRefused() {
    String id = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    String changed = patient(id).replace("female", "male");
    assertThat(putIfMatch(id, changed, "W/\"7\"").status()).isEqualTo(412);
    assertThat(putIfMatch(id, changed, "seven").status()).isEqualTo(400);
    Answer right = putIfMatch(id, changed, "W/\"1\"");
    assertThat(right.status()).isEqualTo(200);
    assertThat(right.header("ETag")).isEqualTo("W/\"2\"");
  }

  private Answer putIfMatch(String id, String json, String etag) {
    return doors.send(
        doors
            .request(TOKEN_A, "/intake/Patient/" + id)
            .header("Content-Type", "application/fhir+json")
            .header("If-Match", etag)
            .PUT(BodyPublishers.ofString(json)));
  }

  @Test
  void anIdInTheBodyThatIsNotThatOfThePathIsRefused() {
    Answer put = doors.put(TOKEN_A, "/intake/Patient/" + newId(), patient("another"));
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.diagnostics()).contains("Patient.id");
  }

  @Test
  void aTypeInTheBodyThatIsNotThatOfThePathIsRefused() {
    String id = newId();
    Answer put = doors.put(TOKEN_A, "/intake/Procedure/" + id, patient(id));
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.diagnostics()).contains("another type");
  }

  @Test
  void anUnknownElementIsRefusedAndNamed() {
    String id = newId();
    Answer put =
        doors.put(
            TOKEN_A,
            "/intake/Patient/" + id,
            patient(id).replace("\"gender\"", "\"sex\":\"f\",\"gender\""));
    assertThat(put.status()).isEqualTo(400);
    assertThat(put.expression()).isEqualTo("Patient.sex");
    assertThat(put.diagnostics()).contains("Patient.sex");
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(404);
  }

  @Test
  void whatIsNotTakenInIsRefusedWithElementAndWayOut() {
    String id = newId();
    Answer put =
        doors.put(
            TOKEN_A,
            "/intake/Procedure/" + id,
            "{\"resourceType\":\"Procedure\",\"id\":\"" + id + "\",\"status\":\"completed\"}");
    assertThat(put.status()).isEqualTo(422);
    assertThat(put.expression()).isEqualTo("Procedure.subject");
    assertThat(put.diagnostics()).contains("Patient/");
  }

  @Test
  void brokenJsonIsRefused() {
    assertThat(doors.put(TOKEN_A, "/intake/Patient/1", "{\"resourceType\":\"Patient\"").status())
        .isEqualTo(400);
    assertThat(doors.put(TOKEN_A, "/intake/Patient/1", "").status()).isEqualTo(400);
    assertThat(doors.put(TOKEN_A, "/intake/Patient/1", "null").status()).isEqualTo(400);
  }

  @Test
  void aPostWithoutIfNoneExistIsToldToPut() {
    Answer post = doors.post(TOKEN_A, "/intake/Patient", patient("x"));
    assertThat(post.status()).isEqualTo(422);
    assertThat(post.diagnostics()).contains("PUT");
  }

  @Test
  void aPostWithIfNoneExistIsStoredOnce() {
    String value = newId();
    Answer first = postIfNoneExist(value);
    Answer again = postIfNoneExist(value);
    assertThat(first.status()).isEqualTo(201);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.header("Location")).isNotEmpty().isEqualTo(first.header("Location"));
  }

  @Test
  void aPostIsRefusedWhenSeveralResourcesHaveItsIdentifier() {
    String value = newId();
    for (String id : List.of(newId(), newId())) {
      doors.put(
          TOKEN_A,
          "/intake/Patient/" + id,
          """
          {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:prov","value":"%s"}]}"""
              .formatted(id, value));
    }
    assertThat(postIfNoneExist(value).status()).isEqualTo(412);
  }

  private Answer postIfNoneExist(String value) {
    return doors.send(
        doors
            .request(TOKEN_A, "/intake/Patient")
            .header("Content-Type", "application/fhir+json")
            .header("If-None-Exist", "identifier=urn:prov|" + value)
            .POST(
                BodyPublishers.ofString(
                    """
                    {"resourceType":"Patient","identifier":[{"system":"urn:prov","value":"%s"}]}"""
                        .formatted(value))));
  }

  @Test
  void aUnitFindsWhatItSentByIdAndIdentifier() {
    String id = newId();
    doors.put(
        TOKEN_A,
        "/intake/Patient/" + id,
        """
        {"resourceType":"Patient","id":"%s","identifier":[{"system":"urn:s","value":"v-%s"}]}"""
            .formatted(id, id));
    assertThat(ids(doors.get(TOKEN_A, "/intake/Patient?_id=" + id + ",none"))).containsExactly(id);
    assertThat(ids(doors.get(TOKEN_A, "/intake/Patient?identifier=urn:s%7Cv-" + id)))
        .containsExactly(id);
    assertThat(ids(doors.get(TOKEN_B, "/intake/Patient?identifier=urn:s%7Cv-" + id))).isEmpty();
  }

  @Test
  void aSearchIsPagedWithLinksThatLeadThroughAll() {
    for (int i = 0; i < 5; i++) {
      String id = "org-" + i;
      doors.put(
          TOKEN_B,
          "/intake/Organization/" + id,
          "{\"resourceType\":\"Organization\",\"id\":\"" + id + "\",\"name\":\"n\"}");
    }
    List<String> found = new ArrayList<>();
    String next = "/intake/Organization?_count=2";
    int pages = 0;
    while (!next.isEmpty()) {
      Answer page = doors.get(TOKEN_B, next);
      assertThat(page.json().at("/total").asInt()).isEqualTo(5);
      found.addAll(ids(page));
      next = Links.next(page, doors.base());
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(found).containsExactly("org-0", "org-1", "org-2", "org-3", "org-4");
  }

  @Test
  void oneUnitNeverSeesAnothersData() {
    String id = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + id, patient(id));
    assertThat(doors.get(TOKEN_B, "/intake/Patient/" + id).status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_B, "/intake/Patient/" + id + "/_history").status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_B, "/intake/Patient/" + id + "/_history/1").status()).isEqualTo(404);
    assertThat(ids(doors.get(TOKEN_B, "/intake/Patient?_id=" + id))).isEmpty();
    assertThat(doors.delete(TOKEN_B, "/intake/Patient/" + id).status()).isEqualTo(200);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id).status()).isEqualTo(200);
    assertThat(doors.put(TOKEN_B, "/intake/Patient/" + id, patient(id)).status()).isEqualTo(201);
    assertThat(
            doors.put(TOKEN_A, "/intake/Procedure/" + id, procedure(id, "Patient/" + id)).status())
        .isEqualTo(201);
  }

  private static List<String> ids(Answer answer) {
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer.json().path("entry").forEach(entry -> ids.add(entry.at("/resource/id").asText()));
    return ids;
  }
}
