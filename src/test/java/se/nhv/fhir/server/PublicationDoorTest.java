package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.DEVELOPER;
import static se.nhv.fhir.server.Doors.OPERATOR;
import static se.nhv.fhir.server.Doors.STAFF_A;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import se.nhv.fhir.Unzipped;
import se.nhv.fhir.publication.Releases;
import se.nhv.fhir.publication.SubmittedExample;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;

/** A year is published, by the authority and for all, at a report door that is public. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublicationDoorTest {

  private static final String PUBLISH = "/fhir/$publish";
  private static final String PUBLISHED = "/fhir/$published";
  private static final String WORKBOOK =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  private static final List<@Nullable String> TOKENS =
      Arrays.asList(null, TOKEN_A, STAFF_A, AUTHORITY);

  private static Doors doors;
  private static ResourceStore store;

  @BeforeAll
  static void start() {
    doors = Doors.start("--nhv.access.public-reports=true");
    store = doors.bean(StoreDatabase.class).reports();
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static Answer publish(@Nullable String token, String parameters) {
    String body = "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameters + "]}";
    return doors.send(
        doors
            .request(token, PUBLISH)
            .header("Content-Type", "application/fhir+json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Answer publish() {
    return publish(
        AUTHORITY,
        "{\"name\":\"reportingYear\",\"valueInteger\":2025},"
            + "{\"name\":\"date\",\"valueDate\":\"2025-05-01\"}");
  }

  private static byte[] bytes(String query, String accept) throws Exception {
    HttpResponse<byte[]> answer =
        HttpClient.newHttpClient()
            .send(
                doors.request(null, PUBLISHED + query).header("Accept", accept).build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  @Order(1)
  void whereNothingIsSubmittedNothingIsPublished() {
    Answer refused = publish();
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.diagnostics()).contains("no unit has submitted", "2025");
    assertThat(doors.get(AUTHORITY, PUBLISHED).status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void onlyTheAuthorityPublishesAndItSaysWhichYear() {
    SubmittedExample.in(store);
    for (String token : Arrays.asList(TOKEN_A, STAFF_A, DEVELOPER, OPERATOR, null)) {
      assertThat(publish(token, "{\"name\":\"reportingYear\",\"valueInteger\":2025}").status())
          .as(String.valueOf(token))
          .isIn(401, 403);
    }
    assertThat(publish(AUTHORITY, "{\"name\":\"date\",\"valueDate\":\"2025-05-01\"}").status())
        .isEqualTo(400);
    assertThat(publish(AUTHORITY, "{\"name\":\"unit\",\"valueString\":\"x\"}").status())
        .isEqualTo(400);
    assertThat(
            publish(AUTHORITY, "{\"name\":\"reportingYear\",\"valueInteger\":1999}").diagnostics())
        .contains("1999");
    assertThat(doors.get(AUTHORITY, PUBLISH + "?reportingYear=2025").status()).isBetween(400, 405);
    assertThat(doors.bean(Releases.class).latest()).isZero();
  }

  @Test
  @Order(3)
  void theAnswerSaysWhatIsShownAndThatTheAttackFailed() {
    Answer answer = publish();
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode parameters = answer.json().path("parameter");
    assertThat(part(parameters, "release").path("valuePositiveInt").asInt()).isEqualTo(1);
    assertThat(part(parameters, "date").path("valueDate").asText()).isEqualTo("2025-05-01");
    assertThat(part(parameters, "policy").path("valueString").asText()).isEqualTo("1.0.0");
    JsonNode cells = part(parameters, "cells").path("part");
    for (String state : List.of("value", "zero", "hidden", "notReported", "noData")) {
      assertThat(part(cells, state).path("valueInteger").asInt()).as(state).isPositive();
    }
    JsonNode audit = part(parameters, "audit").path("part");
    assertThat(part(audit, "hiddenCounts").path("valueInteger").asInt()).isPositive();
    assertThat(part(audit, "workedOut").path("valueInteger").asInt()).isZero();
    String recorded =
        Base64.getEncoder().encodeToString("$publish".getBytes(StandardCharsets.UTF_8));
    assertThat(doors.get(AUTHORITY, "/fhir/AuditEvent").body()).contains(recorded);
  }

  private static JsonNode part(JsonNode parts, String name) {
    for (JsonNode part : parts) {
      if (part.path("name").asText().equals(name)) {
        return part;
      }
    }
    throw new AssertionError("no " + name + " in " + parts);
  }

  @Test
  @Order(4)
  void everyoneReadsTheSame() {
    String body = doors.get(AUTHORITY, PUBLISHED + "?release=1").body();
    for (String token : Arrays.asList(null, TOKEN_A, TOKEN_B, STAFF_A, DEVELOPER)) {
      Answer answer = doors.get(token, PUBLISHED);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(body);
    }
    assertThat(doors.get(OPERATOR, PUBLISHED).status()).isEqualTo(403);
    assertThat(doors.get(null, PUBLISHED + "?release=2").status()).isEqualTo(404);
    for (String wrong : List.of("0", "-1", "1-exact", "x", "99999999999")) {
      assertThat(doors.get(null, PUBLISHED + "?release=" + wrong).status())
          .as(wrong)
          .isEqualTo(400);
    }
  }

  @Test
  @Order(5)
  void theTableIsInSwedishAndTellsTheStatesApart() throws Exception {
    Answer csv = doors.get(null, PUBLISHED + "?_format=csv");
    assertThat(csv.header("Content-Type")).isEqualToIgnoringCase("text/csv;charset=UTF-8");
    assertThat(csv.header("Content-Disposition")).contains("publicering-1.csv");
    assertThat(csv.body()).startsWith("\ufeffenhet;mått;version;");
    String a = "\r\n" + SubmittedExample.A + ";NETB1;2.0.0;2024-01-01;2024-12-31;total;";
    assertThat(csv.body())
        .contains(a + ";;initial-population;7319;;värde\r\n")
        .contains(a + "kon;kvinna;initial-population;;;dold\r\n")
        .contains(a + "kon;man;initial-population;;;dold\r\n")
        .contains(a + "hemregion;24;initial-population;0;;noll\r\n")
        .contains(";mean;12,25;d;värde\r\n")
        .contains("\r\nriket;NETR1;2.0.0;2024-01-01;2024-12-31;total;;;median;;;inga data\r\n")
        .contains(
            "\r\n"
                + SubmittedExample.MISSING
                + ";NETB1;2.0.0;2024-01-01;2024-12-31;total;"
                + ";;initial-population;;;ej rapporterad\r\n");
    assertThat(new String(bytes("", "text/csv"), StandardCharsets.UTF_8)).isEqualTo(csv.body());
    assertThat(Unzipped.text(bytes("?_format=xlsx", "*/*"))).contains("ej rapporterad", "[$-41D]");
    assertThat(Unzipped.text(bytes("", WORKBOOK))).contains("Om", "1.0.0");
    Answer other = doors.get(null, PUBLISHED + "?_format=pdf");
    assertThat(other.status()).isEqualTo(406);
    assertThat(other.diagnostics()).contains("text/csv", WORKBOOK);
    assertThat(doors.get(null, "/fhir/MeasureReport?_format=csv").status()).isEqualTo(406);
  }

  @Test
  @Order(6)
  void noHiddenFigureIsInAnyByteOfAnyForm() throws Exception {
    String exact = doors.get(AUTHORITY, "/fhir/MeasureReport").body();
    assertThat(SubmittedExample.HIDDEN).anyMatch(exact::contains);
    List<String> forms = new ArrayList<>();
    for (String form : List.of("", "?release=1", "?_format=csv")) {
      forms.add(new String(bytes(form, "*/*"), StandardCharsets.UTF_8));
    }
    forms.add(Unzipped.text(bytes("?_format=xlsx", "*/*")));
    assertThat(forms)
        .allSatisfy(
            form -> {
              assertThat(form).contains(SubmittedExample.SHOWN);
              assertThat(SubmittedExample.HIDDEN).noneMatch(form::contains);
            });
  }

  @Test
  @Order(7)
  void aReleaseThatFailsTheAuditLeavesNothing() {
    SubmittedExample.keepCarelessly(store);
    String before = doors.get(null, PUBLISHED).body();
    Answer refused = publish();
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.json().at("/issue/0/code").asText()).isEqualTo("suppressed");
    assertThat(refused.diagnostics()).contains("withheld", "of " + SubmittedExample.B);
    assertThat(doors.get(null, PUBLISHED).body()).isEqualTo(before);
    assertThat(doors.get(AUTHORITY, PUBLISHED + "?release=3").status()).isEqualTo(404);
    for (String partition : List.of("published-3", "published-3-exact")) {
      Query query = new Query(partition, "MeasureReport", List.of(), null, null, null, 1);
      assertThat(store.search(query).total()).as(partition).isZero();
    }
  }

  /** A report is planted beside the exact figures, and looked for at both doors by everyone. */
  @Test
  @Order(8)
  void theExactFiguresOfAReleaseAreBehindNoDoor() throws IOException {
    String planted =
        "{\"resourceType\":\"MeasureReport\",\"id\":\"kanarie\",\"language\":\"gul-kanarie\"}";
    plant("published-1-exact", planted);
    assertThat(doors.bean(Releases.class).latest()).isEqualTo(2);
    List<String> paths = new ArrayList<>();
    for (String door : List.of("/fhir", "/intake")) {
      JsonNode types = doors.get(null, door + "/metadata").json().at("/rest/0/resource");
      for (JsonNode type : types) {
        String path = door + "/" + type.path("type").asText();
        paths.add(path + "?_count=500");
        for (String more : List.of("?_id=kanarie", "/kanarie", "/kanarie/_history/1")) {
          paths.add(path + more);
        }
      }
      for (String more :
          List.of(
              "/published-1-exact",
              "/published-1-exact/MeasureReport/kanarie",
              "/MeasureReport?_partition=published-1-exact",
              "/MeasureReport?reporter=published-1-exact",
              "/MeasureReport/published-1-exact:kanarie",
              "/$published?release=1-exact",
              "/$published?release=1")) {
        paths.add(door + more);
      }
    }
    for (String path : paths) {
      for (String token : TOKENS) {
        Answer answer = doors.get(token, path);
        assertThat(answer.status()).as(path).isLessThan(500);
        assertThat(answer.body()).as(path).doesNotContain("gul-kanarie");
      }
    }
    plant("national", planted); // whoever may read it there finds it by the same paths
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/kanarie").body()).contains("gul-kanarie");
  }

  private static void plant(String partition, String json) {
    store.apply(
        List.of(
            new Change.Put(
                new ResourceKey(partition, "MeasureReport", "kanarie"),
                null,
                List.of(),
                json.getBytes(StandardCharsets.UTF_8),
                null)));
  }
}
