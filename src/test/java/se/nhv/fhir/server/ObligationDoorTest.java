package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.STAFF_A;
import static se.nhv.fhir.server.Doors.STAFF_B;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.UNIT_A;
import static se.nhv.fhir.server.Doors.UNIT_B;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.server.Doors.Answer;

/** Two units that owe NET; the way of unit A's obligation of 2025, seen on 10 March 2025. */
@Timeout(120)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ObligationDoorTest {

  private static final String OF_A = "/fhir/Task/" + UNIT_A + "-net-2025";
  private static final Signatory ANNA = new Signatory("SE2321000016-1A11", "Anna Andersson");
  private static final Signatory BO = new Signatory("SE2321000016-1A12", "Bo Lind");
  private static final Instant NOON = Instant.parse("2025-03-10T12:00:00Z");
  private static final List<Owed> OWED =
      new ReportingCalendar(OwedReports::content).owed(new Area("net"), new ReportingYear(2025));

  private static Doors doors;

  @BeforeAll
  static void start() {
    doors =
        Doors.startAt(
            Clock.fixed(NOON, ZoneId.of("Europe/Stockholm")),
            "--nhv.permits[0].unit=" + UNIT_A,
            "--nhv.permits[0].area=net",
            "--nhv.permits[0].from=2023-04-01",
            "--nhv.permits[1].unit=" + UNIT_B,
            "--nhv.permits[1].area=net",
            "--nhv.permits[1].from=2024-07-01");
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static List<String> status(String path) {
    Answer task = doors.get(AUTHORITY, path);
    assertThat(task.status()).as(task.body()).isEqualTo(200);
    return task.json().at("/businessStatus/coding").findValuesAsText("code");
  }

  private static void evaluate(int count) {
    OWED.forEach(it -> doors.bean(Reports.class).save(OwedReports.of(new Unit(UNIT_A), it, count)));
  }

  /** The ids of its reports and their latest versions. */
  private static Map<String, Long> kept() {
    Map<String, Long> kept = new TreeMap<>();
    for (JsonNode entry : doors.get(TOKEN_A, "/intake/MeasureReport").json().path("entry")) {
      kept.put(entry.at("/resource/id").asText(), entry.at("/resource/meta/versionId").asLong());
    }
    assertThat(kept).hasSameSizeAs(OWED);
    return kept;
  }

  private static Answer answer(String token, String operation, String reason) {
    String parameter =
        reason.isEmpty() ? "" : "{\"name\":\"reason\",\"valueString\":\"" + reason + "\"}";
    return doors.post(
        token,
        OF_A + "/$" + operation,
        "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameter + "]}");
  }

  @Test
  @Order(1)
  void whatIsOwedIsFoundByItsUnitAndTheAuthority() {
    assertThat(ids(AUTHORITY, "/fhir/Task"))
        .containsExactly(UNIT_A + "-net-2024", UNIT_A + "-net-2025", UNIT_B + "-net-2025");
    assertThat(ids(AUTHORITY, "/fhir/Task?owner=Organization/" + UNIT_B))
        .containsExactly(UNIT_B + "-net-2025");
    assertThat(ids(AUTHORITY, "/fhir/Task?group-identifier=net-2024"))
        .containsExactly(UNIT_A + "-net-2024");
    assertThat(ids(AUTHORITY, "/fhir/Task?group-identifier=net-2026")).isEmpty();
    assertThat(ids(AUTHORITY, "/fhir/Task?business-status=forsenad"))
        .containsExactly(UNIT_A + "-net-2024");
    assertThat(ids(AUTHORITY, "/fhir/Task?_id=" + UNIT_B + "-net-2025,x"))
        .containsExactly(UNIT_B + "-net-2025");
    for (String token : List.of(TOKEN_B, STAFF_B)) {
      assertThat(ids(token, "/fhir/Task")).containsExactly(UNIT_B + "-net-2025");
      assertThat(ids(token, "/fhir/Task?owner=" + UNIT_A)).isEmpty();
      assertThat(doors.get(token, OF_A).status()).isEqualTo(404);
    }
    Answer page = doors.get(AUTHORITY, "/fhir/Task?_count=2");
    assertThat(page.json().path("total").asInt()).isEqualTo(3);
    String next = page.json().at("/link/1/url").asText().substring(doors.base().length());
    assertThat(ids(AUTHORITY, next)).containsExactly(UNIT_B + "-net-2025");
  }

  private static List<String> ids(String token, String path) {
    Answer found = doors.get(token, path);
    assertThat(found.status()).as(found.body()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    found.json().path("entry").forEach(it -> ids.add(it.at("/resource/id").asText()));
    return ids;
  }

  @Test
  @Order(2)
  void theListOfWhatIsOwedIsAtBothDoors() {
    assertThat(ids(AUTHORITY, "/fhir/$obligations?area=net&reportingYear=2025"))
        .containsExactly(UNIT_A + "-net-2025", UNIT_B + "-net-2025");
    assertThat(ids(AUTHORITY, "/fhir/$obligations?unit=" + UNIT_B))
        .containsExactly(UNIT_B + "-net-2025");
    for (String door : List.of("/fhir", "/intake")) {
      for (String token : List.of(TOKEN_A, STAFF_A)) {
        assertThat(ids(token, door + "/$obligations"))
            .containsExactly(UNIT_A + "-net-2024", UNIT_A + "-net-2025");
        assertThat(ids(token, door + "/$obligations?unit=" + UNIT_B)).isEmpty();
      }
      assertThat(doors.get(TOKEN_A, door + "/$obligations?area=NET").status()).isEqualTo(400);
    }
    assertThat(doors.get(AUTHORITY, "/intake/$obligations").status()).isEqualTo(403);
  }

  @Test
  @Order(3)
  void anObligationGoesFromOpenToAccepted() {
    assertThat(status("/fhir/Task/" + UNIT_A + "-net-2024")).containsExactly("oppen", "forsenad");
    assertThat(status(OF_A)).containsExactly("oppen");
    evaluate(1);
    assertThat(status(OF_A)).containsExactly("utkast");
    SignOffs signOffs = doors.bean(SignOffs.class);
    kept().forEach((id, version) -> signOffs.review(id, version, ANNA, NOON));
    assertThat(status(OF_A)).containsExactly("granskad");
    kept().forEach((id, version) -> signOffs.approve(id, version, BO, NOON));
    assertThat(status(OF_A)).containsExactly("godkand");
    Answer early = answer(AUTHORITY, "accept", "");
    assertThat(early.status()).isEqualTo(422);
    assertThat(early.diagnostics()).contains("not every report");
    handIn(null);
    assertThat(status(OF_A)).containsExactly("inlamnad");
    assertThat(answer(TOKEN_A, "accept", "").status()).isEqualTo(403);
  }

  private static void handIn(@org.jspecify.annotations.Nullable String reason) {
    Submissions submissions = doors.bean(Submissions.class);
    kept()
        .keySet()
        .forEach(
            id -> submissions.submit(submissions.order(new Unit(UNIT_A), id, BO, reason, NOON)));
  }

  @Test
  @Order(4)
  void whatIsReturnedIsADraftWithTheReasonUntilItIsAcceptedAsARevision() {
    assertThat(answer(AUTHORITY, "return", "").status()).isEqualTo(400);
    Answer returned = answer(AUTHORITY, "return", "Kontrollera T1");
    assertThat(returned.status()).as(returned.body()).isEqualTo(200);
    assertThat(returned.json().at("/statusReason/text").asText()).isEqualTo("Kontrollera T1");
    assertThat(status(OF_A)).containsExactly("utkast");
    assertThat(doors.get(TOKEN_A, OF_A).body()).contains("Kontrollera T1");
    evaluate(2);
    SignOffs signOffs = doors.bean(SignOffs.class);
    kept().forEach((id, version) -> signOffs.review(id, version, BO, NOON));
    kept().forEach((id, version) -> signOffs.approve(id, version, ANNA, NOON));
    handIn("T1 rättad");
    Answer accepted = answer(AUTHORITY, "accept", "");
    assertThat(accepted.status()).as(accepted.body()).isEqualTo(200);
    assertThat(accepted.json().path("status").asText()).isEqualTo("completed");
    assertThat(status(OF_A)).containsExactly("mottagen");
    assertThat(answer(AUTHORITY, "return", "Igen").status()).isEqualTo(422);
    Answer none =
        doors.post(AUTHORITY, "/fhir/Task/none/$accept", "{\"resourceType\":\"Parameters\"}");
    assertThat(none.status()).isEqualTo(404);
  }

  /** What is received is received when the store says so, which is long after March 2025. */
  @Test
  @Order(5)
  void ratesCountTheUnits() {
    Answer rates = doors.get(AUTHORITY, "/fhir/$rates?area=net&reportingYear=2025");
    assertThat(rates.json().at("/parameter")).hasSize(1);
    assertThat(rates.json().findValuesAsText("name"))
        .containsExactly(
            "rate", "area", "reportingYear", "expected", "submitted", "onTime", "accepted");
    assertThat(rates.json().findValuesAsText("valueInteger"))
        .containsExactly("2025", "2", "1", "0", "1");
    assertThat(doors.get(AUTHORITY, "/fhir/$rates").json().at("/parameter")).hasSize(2);
    assertThat(doors.get(TOKEN_A, "/fhir/$rates").status()).isEqualTo(403);
  }

  @Test
  @Order(6)
  void answersAndListsAreRecorded() {
    List<String> queries = new ArrayList<>();
    doors
        .get(AUTHORITY, "/fhir/AuditEvent?_count=500")
        .json()
        .findValuesAsText("query")
        .forEach(
            it -> queries.add(new String(Base64.getDecoder().decode(it), StandardCharsets.UTF_8)));
    assertThat(queries)
        .contains("Task/$accept", "Task/$return", "$obligations", "Task")
        .anySatisfy(it -> assertThat(it).startsWith("$rates"));
  }
}
