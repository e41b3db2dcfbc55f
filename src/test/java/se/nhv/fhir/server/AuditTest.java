package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.DEVELOPER;
import static se.nhv.fhir.server.Doors.STAFF_A;
import static se.nhv.fhir.server.Doors.STAFF_B;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.UNIT_A;
import static se.nhv.fhir.server.Doors.newId;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoredVersion;

/** Who met what is on record, on the side where it was met. */
class AuditTest {

  private final Doors doors = Doors.open();

  /** The records that name a patient, the oldest first. */
  private List<JsonNode> of(String patient) {
    return records(STAFF_A, "/intake/AuditEvent?_count=500&patient=" + patient);
  }

  private List<JsonNode> records(String token, String path) {
    List<JsonNode> found = new ArrayList<>();
    for (String page = path; !page.isEmpty(); ) {
      Answer answer = doors.get(token, page);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      answer.json().path("entry").forEach(it -> found.add(it.path("resource")));
      page = "";
      for (JsonNode link : answer.json().path("link")) {
        if (link.path("relation").asText().equals("next")) {
          page = link.path("url").asText().substring(doors.base().length());
        }
      }
    }
    return found;
  }

  private static String subtype(JsonNode event) {
    return event.at("/subtype/0/code").asText();
  }

  private static String query(JsonNode event) {
    for (JsonNode entity : event.path("entity")) {
      if (entity.has("query")) {
        return new String(
            Base64.getDecoder().decode(entity.path("query").asText()), StandardCharsets.UTF_8);
      }
    }
    return "";
  }

  private static List<String> patients(JsonNode event) {
    List<String> found = new ArrayList<>();
    for (JsonNode entity : event.path("entity")) {
      if (entity.at("/role/code").asText().equals("1")) {
        found.add(entity.at("/what/reference").asText());
      }
    }
    return found;
  }

  @Test
  void everyInteractionWithAPatientLeavesOneRecord() {
    String patient = newId();
    String procedure = newId();
    String path = "/intake/Procedure/" + procedure;
    doors.put(TOKEN_A, "/intake/Patient/" + patient, Doors.patient(patient));
    doors.put(TOKEN_A, path, Doors.procedure(procedure, "Patient/" + patient));
    doors.get(TOKEN_A, path);
    doors.get(TOKEN_A, path + "/_history/1");
    doors.get(TOKEN_A, path + "/_history");
    doors.get(TOKEN_A, "/intake/Procedure?_id=" + procedure);
    doors.get(TOKEN_A, path + "/$original");
    doors.delete(TOKEN_A, path);
    doors.delete(TOKEN_A, "/intake/Patient/" + patient);
    assertThat(of(patient))
        .extracting(it -> subtype(it) + " " + it.path("action").asText() + " " + query(it))
        .containsExactly(
            "update U Patient",
            "update U Procedure",
            "read R Procedure",
            "vread R Procedure",
            "history-instance R Procedure",
            "search E Procedure?_id",
            "operation E Procedure/$original",
            "delete D Procedure",
            "delete D Patient");
  }

  @Test
  void aRecordSaysWhoWhichUnitWhenAndWhat() {
    String patient = newId();
    doors.put(TOKEN_A, "/intake/Patient/" + patient, Doors.patient(patient));
    JsonNode event = of(patient).get(0);
    assertThat(event.at("/type/code").asText()).isEqualTo("rest");
    assertThat(event.path("outcome").asText()).isEqualTo("0");
    assertThat(event.path("recorded").asText()).isNotEmpty();
    assertThat(event.at("/agent/0/type/coding/0/code").asText()).isEqualTo("110153");
    assertThat(event.at("/agent/0/who/identifier/value").asText()).isEqualTo("nhv.access.tokens.0");
    assertThat(event.at("/agent/0/network/address").asText()).isEqualTo("127.0.0.1");
    assertThat(event.at("/agent/1/who/reference").asText()).isEqualTo("Organization/" + UNIT_A);
    assertThat(event.at("/source/observer/display").asText()).isNotEmpty();
    assertThat(patients(event)).containsExactly("Patient/" + patient);
    String read = "/intake/AuditEvent/" + event.path("id").asText();
    assertThat(doors.get(STAFF_A, read).status()).isEqualTo(200);
    assertThat(doors.get(STAFF_B, read).status()).isEqualTo(404);
  }

  @Test
  void aBundleLeavesOneRecordWithEveryPatientAndASearchTheOnesThatItShowed() {
    List<String> ids = IntStream.range(0, 5).mapToObj(i -> newId()).sorted().toList();
    List<String> entries =
        ids.stream()
            .map(
                id ->
                    "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%s\"},\"resource\":%s}"
                        .formatted(id, Doors.patient(id)))
            .toList();
    for (String type : List.of("transaction", "batch")) {
      Answer pushed =
          doors.post(
              TOKEN_A,
              "/intake",
              "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
                  .formatted(type, String.join(",", entries)));
      assertThat(pushed.status()).isEqualTo(200);
    }
    doors.get(TOKEN_A, "/intake/Patient?_id=" + ids.get(0) + "," + ids.get(1));
    List<JsonNode> found = of(ids.get(0));
    assertThat(found)
        .extracting(AuditTest::subtype)
        .containsExactly("transaction", "transaction", "search");
    List<String> all = ids.stream().map(it -> "Patient/" + it).toList();
    assertThat(patients(found.get(0))).containsExactlyElementsOf(all);
    assertThat(patients(found.get(1))).containsExactlyElementsOf(all);
    assertThat(patients(found.get(2))).containsExactlyElementsOf(all.subList(0, 2));
  }

  @Test
  void aQueryIsKeptWithoutItsValues() {
    String secret = "19121212" + newId();
    doors.get(TOKEN_A, "/intake/Patient?identifier=urn:p%7C" + secret);
    List<JsonNode> found =
        records(STAFF_A, "/intake/AuditEvent?_count=500&subtype=search&agent=nhv.access.tokens.0");
    assertThat(found).extracting(AuditTest::query).contains("Patient?identifier");
    assertThat(found.toString()).doesNotContain(secret);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Measure/$evaluate-measure", "$report", "$quality"})
  void anOperationOverAllPatientsListsNone(String operation) {
    String agent = "&subtype=operation&agent=nhv.access.tokens.0";
    int before = records(STAFF_A, "/intake/AuditEvent?_count=500" + agent).size();
    if (operation.equals("$report")) {
      doors.post(
          TOKEN_A,
          "/intake/$report",
          "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"area\",\"valueString\":\"prov\"},"
              + "{\"name\":\"reportingYear\",\"valueInteger\":2024}]}");
    } else {
      String measure = Canonicals.measure("PROVB1") + "%7C1.0.0";
      doors.get(
          TOKEN_A,
          "/intake/"
              + operation
              + "?"
              + (operation.equals("$quality")
                  ? "area=prov"
                  : "measure=" + measure + "&periodStart=2024-01-01&periodEnd=2024-12-31"));
    }
    List<JsonNode> after = records(STAFF_A, "/intake/AuditEvent?_count=500" + agent);
    assertThat(after).hasSize(before + 1);
    JsonNode last = after.get(after.size() - 1);
    assertThat(query(last)).startsWith(operation);
    assertThat(patients(last)).isEmpty();
  }

  @Test
  void aPersonIsNamedAndReadingTheRecordsIsOnRecordToo() {
    doors.get(STAFF_A, "/intake/AuditEvent?date=ge2000");
    List<JsonNode> found =
        records(STAFF_A, "/intake/AuditEvent?_count=500&agent=SE2321000016-1A11&date=ge2000");
    assertThat(found).isNotEmpty();
    assertThat(found.get(0).at("/agent/1/who/display").asText()).isEqualTo("Anna Andersson");
    assertThat(found).extracting(AuditTest::query).contains("AuditEvent?date");
    assertThat(records(STAFF_A, "/intake/AuditEvent?date=lt2000")).isEmpty();
  }

  @Test
  void whoWasTurnedAwayIsOnRecord() {
    assertThat(doors.get(STAFF_A, "/intake/Patient").status()).isEqualTo(403);
    List<JsonNode> own =
        records(STAFF_A, "/intake/AuditEvent?_count=500&agent=SE2321000016-1A11&subtype=read");
    assertThat(own).anySatisfy(it -> assertThat(it.path("outcome").asText()).isEqualTo("4"));
    int before = unknown();
    assertThat(doors.get("a-token-that-is-guessed", "/intake/Patient/x").status()).isEqualTo(401);
    assertThat(unknown()).isEqualTo(before + 1);
  }

  private int unknown() {
    Query query = new Query(Partitions.audit(), "AuditEvent", List.of(), null, null, null, 1);
    return (int) doors.bean(StoreDatabase.class).intake().search(query).total();
  }

  @Test
  void whoReadReportsIsOnRecordAtTheReportDoorAndNoPatientIs() {
    SavedReports.in(doors);
    String id = SavedReports.id("PROVB3", UNIT_A, 2024);
    doors.get(AUTHORITY, "/fhir/MeasureReport/" + id);
    doors.get(TOKEN_A, "/fhir/MeasureReport?reporter=" + UNIT_A);
    assertThat(doors.get(DEVELOPER, "/fhir/MeasureReport/" + id).status()).isEqualTo(403);
    List<JsonNode> found = records(AUTHORITY, "/fhir/AuditEvent?_count=500");
    assertThat(found.toString()).contains("MeasureReport/" + id).doesNotContain("Patient/");
    assertThat(found).extracting(AuditTest::query).contains("MeasureReport?reporter");
    assertThat(found).anySatisfy(it -> assertThat(it.path("outcome").asText()).isEqualTo("4"));
    Query all = new Query(null, "AuditEvent", List.of(), null, null, null, 500);
    for (StoredVersion stored : doors.bean(StoreDatabase.class).reports().search(all).versions()) {
      assertThat(new String(stored.json(), StandardCharsets.UTF_8)).doesNotContain("Patient/");
    }
  }
}
