package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.STAFF_A;
import static se.nhv.fhir.server.Doors.STAFF_A2;
import static se.nhv.fhir.server.Doors.STAFF_B;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.UNIT_A;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.server.Doors.Answer;

/** From a working report to a submitted one, over HTTP; each test has a Measure of NET its own. */
@Timeout(120)
class SignOffDoorTest {

  private static final List<Owed> OWED =
      new ReportingCalendar(OwedReports::content).owed(new Area("net"), new ReportingYear(2025));

  private static Doors doors;

  @BeforeAll
  static void start() {
    doors = Doors.start("--nhv.jobs.heartbeat=200ms");
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  /** Keeps a working report of unit A, and answers its id. */
  private static String kept(int measure, int count) {
    return doors
        .bean(Reports.class)
        .save(OwedReports.of(new Unit(UNIT_A), OWED.get(measure), count))
        .key()
        .id();
  }

  private static Answer sign(String token, String id, String operation, int version) {
    return doors.post(
        token,
        "/intake/MeasureReport/" + id + "/$" + operation,
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"version\",\"valuePositiveInt\":"
            + version
            + "}]}");
  }

  private static Answer submit(String token, String id, String reason) {
    String parameter =
        reason.isEmpty() ? "" : "{\"name\":\"reason\",\"valueString\":\"" + reason + "\"}";
    return doors.post(
        token,
        "/intake/MeasureReport/" + id + "/$submit",
        "{\"resourceType\":\"Parameters\",\"parameter\":[" + parameter + "]}");
  }

  private static String signed(int measure, int count, int version) {
    String id = kept(measure, count);
    assertThat(sign(STAFF_A, id, "review", version).status()).isEqualTo(200);
    assertThat(sign(STAFF_A2, id, "approve", version).status()).isEqualTo(200);
    return id;
  }

  private static JsonNode ended(Answer accepted) {
    return doors.until(TOKEN_A, doors.task(accepted), "completed", "failed", "cancelled");
  }

  private static int steps(String token, String door, String target) {
    return doors
        .get(token, "/" + door + "/Provenance?target=MeasureReport/" + target)
        .json()
        .at("/total")
        .asInt();
  }

  @Test
  void oneReviewsAnotherApprovesAndTheReportIsSeenWhenItIsSubmittedAndNotBefore() {
    String id = kept(0, 3);
    String report = "/fhir/MeasureReport/" + id;
    Answer review = sign(STAFF_A, id, "review", 1);
    assertThat(review.status()).as(review.body()).isEqualTo(200);
    assertThat(review.json().path("resourceType").asText()).isEqualTo("Provenance");
    assertThat(review.json().at("/target/0/reference").asText())
        .isEqualTo("MeasureReport/" + id + "/_history/1");
    assertThat(review.body()).contains("granskad", "Anna Andersson", "SE2321000016-1A11");
    Answer same = sign(STAFF_A, id, "approve", 1);
    assertThat(same.status()).isEqualTo(422);
    assertThat(same.diagnostics()).contains("another must");
    assertThat(submit(TOKEN_A, id, "").diagnostics()).contains("not approved");
    assertThat(sign(STAFF_A2, id, "approve", 1).body()).contains("godkand", "Bo Lind");
    for (String token : List.of(AUTHORITY, TOKEN_A, STAFF_A)) {
      assertThat(doors.get(token, report).status()).isEqualTo(404);
    }
    JsonNode done = ended(submit(STAFF_A2, id, ""));
    assertThat(done.path("status").asText()).as(done.toString()).isEqualTo("completed");
    assertThat(done.at("/code/coding/0/code").asText()).isEqualTo("submit");
    assertThat(done.at("/output/0/valueReference/reference").asText())
        .isEqualTo("MeasureReport/" + id);
    assertThat(done.at("/output/1/valueInteger").asInt()).isEqualTo(1);
    for (String token : List.of(AUTHORITY, TOKEN_A, STAFF_A)) {
      assertThat(doors.get(token, report).status()).isEqualTo(200);
    }
    assertThat(steps(TOKEN_A, "intake", id + "/_history/1")).isEqualTo(3);
    assertThat(steps(AUTHORITY, "fhir", id)).isEqualTo(3);
  }

  @Test
  void aChangedReportHasLostItsSignatures() {
    String id = signed(1, 3, 1);
    kept(1, 4);
    Answer old = sign(STAFF_A, id, "review", 1);
    assertThat(old.status()).isEqualTo(412);
    assertThat(old.diagnostics()).contains("version 1 is not the latest");
    assertThat(sign(STAFF_A2, id, "approve", 2).diagnostics()).contains("nobody has reviewed");
    assertThat(submit(TOKEN_A, id, "").diagnostics()).contains("version 2", "not approved");
    assertThat(steps(STAFF_A, "intake", id + "/_history/2")).isZero();
    assertThat(steps(STAFF_A, "intake", id + "/_history/1")).isEqualTo(2);
    assertThat(doors.get(TOKEN_A, "/intake/MeasureReport/" + id).header("ETag"))
        .isEqualTo("W/\"2\"");
    assertThat(doors.get(TOKEN_A, "/intake/MeasureReport/" + id + "/_history/1").status())
        .isEqualTo(200);
  }

  @Test
  void aRevisionIsSubmittedWithAReason() {
    String id = signed(2, 3, 1);
    assertThat(ended(submit(TOKEN_A, id, "")).path("status").asText()).isEqualTo("completed");
    signed(2, 4, 2);
    Answer without = submit(TOKEN_A, id, "");
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.diagnostics()).contains("reason");
    Answer personal = submit(TOKEN_A, id, "19121212-1212 saknades");
    assertThat(personal.status()).isEqualTo(422);
    assertThat(personal.body()).doesNotContain("1212");
    JsonNode done = ended(submit(TOKEN_A, id, "En patient saknades"));
    assertThat(done.at("/output/1/valueInteger").asInt()).isEqualTo(2);
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/" + id).header("ETag"))
        .isEqualTo("W/\"2\"");
    assertThat(doors.get(AUTHORITY, "/fhir/Provenance?target=MeasureReport/" + id).body())
        .contains("En patient saknades");
  }

  @Test
  void anotherUnitFindsNothingToSign() {
    String id = kept(3, 3);
    for (String operation : List.of("review", "approve")) {
      assertThat(sign(STAFF_B, id, operation, 1).status()).isEqualTo(404);
      assertThat(sign(STAFF_A, id + "0", operation, 1).status()).isEqualTo(404);
      assertThat(sign(TOKEN_A, id, operation, 1).status()).isEqualTo(403);
      assertThat(sign(STAFF_A, id, operation, 0).status()).isEqualTo(400);
    }
    assertThat(submit(TOKEN_B, id, "").status()).isEqualTo(404);
    assertThat(submit(STAFF_B, id, "").status()).isEqualTo(404);
    for (String path : List.of("", "/_history", "/_history/1")) {
      assertThat(doors.get(TOKEN_B, "/intake/MeasureReport/" + id + path).status()).isEqualTo(404);
    }
    assertThat(doors.get(TOKEN_B, "/intake/MeasureReport").body()).doesNotContain(UNIT_A);
    assertThat(doors.get(AUTHORITY, "/intake/MeasureReport/" + id).status()).isEqualTo(403);
    String step = sign(STAFF_A, id, "review", 1).json().path("id").asText();
    assertThat(doors.get(STAFF_A, "/intake/Provenance/" + step).status()).isEqualTo(200);
    assertThat(doors.get(STAFF_B, "/intake/Provenance/" + step).status()).isEqualTo(404);
    assertThat(steps(STAFF_B, "intake", id)).isZero();
  }

  @Test
  void aSignatureIsRecorded() {
    String id = kept(4, 3);
    sign(STAFF_A, id, "review", 1);
    String records = doors.get(STAFF_A, "/intake/AuditEvent?_count=500").body();
    assertThat(records).contains("MeasureReport/" + id, "SE2321000016-1A11");
  }
}
