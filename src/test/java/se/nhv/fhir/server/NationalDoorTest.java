package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.STAFF_A;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.UNIT_A;
import static se.nhv.fhir.server.Doors.UNIT_B;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportId;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.reporting.submission.OutgoingReport;
import se.nhv.fhir.reporting.submission.SubmissionBundle;
import se.nhv.fhir.server.Doors.Answer;

/** Two units' reports of NET B1, submitted over HTTP; each says how many it could not evaluate. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NationalDoorTest {

  private static final Signatory ANNA = new Signatory("SE2321000016-1A11", "Anna Andersson");
  private static final Signatory BO = new Signatory("SE2321000016-1A12", "Bo Berg");
  private static final String RIKET = "reporter:identifier=" + niva() + "%7Criket";
  private static final String ID = "NETB1-2.0.0-" + UNIT_A + "-20240101-20241231";

  private static Doors doors;

  @BeforeAll
  static void start() {
    doors =
        Doors.start(
            "--nhv.permits[0].unit=" + UNIT_A,
            "--nhv.permits[0].area=net",
            "--nhv.permits[0].from=2020-01-01",
            "--nhv.permits[1].unit=" + UNIT_B,
            "--nhv.permits[1].area=net",
            "--nhv.permits[1].from=2024-07-01");
  }

  @AfterAll
  static void stop() {
    doors.close();
  }

  private static String niva() {
    return Canonicals.identifier("niva");
  }

  private static String submission(
      String unit, int notEvaluable, int revision, @Nullable String reason) {
    return submission(OwedReports.of(new Unit(unit), notEvaluable), revision, reason);
  }

  private static String submission(MeasureReport report, int revision, @Nullable String reason) {
    report.setId(ReportId.of(report));
    List<Provenance> steps =
        Stream.of(
                step(report, ReportingStep.REVIEWED, ANNA, "2025-03-03T09:00:00Z", null),
                step(report, ReportingStep.APPROVED, BO, "2025-03-04T09:00:00Z", null),
                step(report, ReportingStep.SUBMITTED, BO, "2025-03-05T09:00:00Z", reason))
            .map(SignedStep::provenance)
            .toList();
    return FhirContext.forR4()
        .newJsonParser()
        .setStripVersionsFromReferences(false)
        .encodeResourceToString(
            SubmissionBundle.of(new OutgoingReport(report, steps, revision, reason)));
  }

  private static SignedStep step(
      MeasureReport report, ReportingStep step, Signatory who, String when, @Nullable String why) {
    return new SignedStep(
        step,
        ReportId.of(report),
        1,
        ReportHash.of(report),
        who,
        new Unit(report.getReporter().getReference().substring("Organization/".length())),
        Instant.parse(when),
        why);
  }

  private static int notEvaluable(Answer report) {
    return report.json().at("/group/0/extension").findValues("valueInteger").stream()
        .mapToInt(it -> it.asInt())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  @Order(1)
  void aSubmittedReportIsReadByTheAuthorityAndItsUnitAndNotByAnother() {
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/" + ID).status()).isEqualTo(404);
    Answer taken = doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 3, 1, null));
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    assertThat(taken.json().at("/entry/0/response/location").asText())
        .isEqualTo("MeasureReport/" + ID + "/_history/1");
    for (String token : List.of(AUTHORITY, TOKEN_A, STAFF_A)) {
      assertThat(notEvaluable(doors.get(token, "/fhir/MeasureReport/" + ID))).isEqualTo(3);
    }
    assertThat(doors.get(TOKEN_B, "/fhir/MeasureReport/" + ID).status()).isEqualTo(404);
  }

  @Test
  @Order(2)
  void itsStepsSayWhoSignedWhichVersionAndAreForThoseWhoSeeIt() {
    String query = "/fhir/Provenance?target=MeasureReport/" + ID;
    Answer steps = doors.get(AUTHORITY, query);
    assertThat(steps.json().at("/total").asInt()).isEqualTo(3);
    assertThat(steps.body()).contains("Anna Andersson", "Bo Berg", ID + "/_history/1");
    assertThat(doors.get(TOKEN_A, query).json().at("/total").asInt()).isEqualTo(3);
    assertThat(doors.get(TOKEN_B, query).json().at("/total").asInt()).isZero();
    assertThat(doors.get(TOKEN_B, "/fhir/Provenance").json().at("/total").asInt()).isZero();
    String one = steps.json().at("/entry/0/resource/id").asText();
    assertThat(doors.get(AUTHORITY, "/fhir/Provenance/" + one).status()).isEqualTo(200);
    assertThat(doors.get(TOKEN_B, "/fhir/Provenance/" + one).status()).isEqualTo(404);
  }

  @Test
  @Order(3)
  void theSameAgainGetsTheSameAnswerAndMakesNoRevision() {
    Answer again = doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 3, 1, null));
    assertThat(again.status()).isEqualTo(200);
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/" + ID).header("ETag"))
        .isEqualTo("W/\"1\"");
  }

  @Test
  @Order(4)
  void riketIsTheSumNamesTheRevisionsAndSaysWhoIsMissingOrThereForAPartOfThePeriod() {
    Answer before = doors.get(AUTHORITY, "/fhir/MeasureReport?" + RIKET);
    assertThat(before.json().at("/total").asInt()).isEqualTo(1);
    assertThat(before.body()).contains("saknad-enhet", UNIT_B, "ej-inlamnad");
    Answer taken = doors.post(TOKEN_B, "/fhir", submission(UNIT_B, 4, 1, null));
    assertThat(taken.status()).as(taken.body()).isEqualTo(200);
    String id =
        doors
            .get(AUTHORITY, "/fhir/MeasureReport?" + RIKET)
            .json()
            .at("/entry/0/resource/id")
            .asText();
    Answer riket = doors.get(AUTHORITY, "/fhir/MeasureReport/" + id);
    assertThat(notEvaluable(riket)).isEqualTo(7);
    assertThat(riket.body())
        .contains("MeasureReport/" + ID + "/_history/1", "del-av-period", "2024-07-01")
        .doesNotContain("saknad-enhet");
    for (String unit : List.of(TOKEN_A, STAFF_A, TOKEN_B)) {
      assertThat(doors.get(unit, "/fhir/MeasureReport?" + RIKET).json().at("/total").asInt())
          .isZero();
      for (String path : List.of("", "/_history", "/_history/1", "/$differences")) {
        assertThat(doors.get(unit, "/fhir/MeasureReport/" + id + path).status()).isEqualTo(404);
      }
    }
  }

  @Test
  @Order(5)
  void aRevisionNeedsItsNumberAndAReasonAndShowsWhatChanged() {
    assertThat(doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 5, 1, null)).status())
        .isEqualTo(412);
    assertThat(doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 5, 3, "x")).status()).isEqualTo(412);
    Answer without = doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 5, 2, null));
    assertThat(without.status()).isEqualTo(422);
    assertThat(without.diagnostics()).contains("reason");
    String why = "Två patienter saknade datum";
    assertThat(doors.post(TOKEN_A, "/fhir", submission(UNIT_A, 5, 2, why)).status()).isEqualTo(200);
    Answer differences = doors.get(AUTHORITY, "/fhir/MeasureReport/" + ID + "/$differences");
    assertThat(differences.json().findValuesAsText("valueString"))
        .containsExactly("total/bortfall.ej-utvarderbar");
    assertThat(differences.json().findValuesAsText("valueDecimal")).containsExactly("3", "5");
    assertThat(doors.get(AUTHORITY, "/fhir/Provenance?target=MeasureReport/" + ID).body())
        .contains(why);
    Answer history = doors.get(AUTHORITY, "/fhir/MeasureReport/" + ID + "/_history");
    assertThat(history.json().at("/total").asInt()).isEqualTo(2);
  }

  @Test
  @Order(6)
  void theAuthorityPoolsTheUnitsItChooses() {
    String all = "/fhir/MeasureReport/$aggregate?measure=" + Canonicals.measure("NETB1");
    assertThat(notEvaluable(doors.get(AUTHORITY, all))).isEqualTo(9);
    assertThat(notEvaluable(doors.get(AUTHORITY, all + "&reporter=" + UNIT_B))).isEqualTo(4);
    assertThat(
            notEvaluable(doors.get(AUTHORITY, all + "&reporter=" + UNIT_B + "&reporter=" + UNIT_A)))
        .isEqualTo(9);
    Answer none = doors.get(AUTHORITY, all + "&periodStart=2025-01-01");
    assertThat(none.status()).isEqualTo(422);
    assertThat(none.diagnostics()).contains("is empty");
    assertThat(doors.get(TOKEN_A, all).status()).isEqualTo(403);
  }

  @Test
  @Order(7)
  void onlyTheUnitItselfSubmitsAndOnlyASubmissionIsTaken() {
    String ofA = submission(UNIT_A, 6, 3, "x");
    Answer other = doors.post(TOKEN_B, "/fhir", ofA);
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.diagnostics()).contains("MeasureReport.reporter");
    assertThat(doors.post(STAFF_A, "/fhir", ofA).status()).isEqualTo(403);
    assertThat(doors.post(AUTHORITY, "/fhir", ofA).status()).isEqualTo(403);
    assertThat(doors.post(TOKEN_A, "/fhir", "{\"resourceType\":\"Bundle\"").status())
        .isEqualTo(400);
    String patient =
        "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":"
            + Doors.patient("p")
            + ",\"request\":{\"method\":\"PUT\",\"url\":\"Patient/p\"}}]}";
    assertThat(doors.post(TOKEN_A, "/fhir", patient).diagnostics())
        .contains("neither a MeasureReport nor a Provenance");
    assertThat(doors.post(TOKEN_A, "/fhir", Doors.patient("p")).status()).isEqualTo(400);
  }

  @Test
  @Order(8)
  void aUnitReportsForTheAreasOfItsPermits() {
    FinalReports.Owed owed =
        new ReportingCalendar(OwedReports::content)
            .owed(new Area("abk"), new ReportingYear(2026))
            .get(0);
    Answer refused =
        doors.post(
            TOKEN_A, "/fhir", submission(OwedReports.of(new Unit(UNIT_A), owed, 3), 1, null));
    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.diagnostics()).contains(UNIT_A + " held no permit for abk", "nhv.permits");
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport?_count=100").body())
        .doesNotContain(ReportId.ofRiket(owed));
  }

  @Test
  @Order(9)
  void whatIsSubmittedIsRecorded() {
    assertThat(doors.get(AUTHORITY, "/fhir/AuditEvent?_count=500").json().findValuesAsText("code"))
        .contains("transaction");
  }
}
