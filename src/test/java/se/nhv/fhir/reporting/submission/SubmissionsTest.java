package se.nhv.fhir.reporting.submission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.RemoteNationalSide.Reply;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** Reports handed in, to a national side in the same process and as over a wire. */
class SubmissionsTest {

  private static final Unit UNIT = new Unit("SE2321000016-S001");
  private static final Signatory ANNA = new Signatory("anna", "Anna Ek");
  private static final Signatory BO = new Signatory("bo", "Bo Lind");
  private static final Instant NOON = Instant.parse("2025-03-10T12:00:00.123Z");
  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));
  private final Reports reports = new Reports(database.reports(), FHIR);
  private final SignOffs signOffs = new SignOffs(database.reports());
  private final NationalReports national =
      new NationalReports(
          database.reports(), FHIR, OwedReports.content(), area -> List.of(), Clock.systemUTC());
  private final NationalSide local = new LocalNationalSide(() -> national);
  private final List<String> sent = new ArrayList<>();

  /** What arrives is read from its bytes, as another process does. */
  private final NationalSide remote =
      new RemoteNationalSide(
          json -> {
            sent.add(new String(json, StandardCharsets.UTF_8));
            Bundle bundle =
                FHIR.newJsonParser().parseResource(Bundle.class, sent.get(sent.size() - 1));
            OutgoingReport read = SubmissionBundle.read(bundle);
            return reply(200, SubmissionBundle.answer(read, local.submit(read)));
          });

  @AfterEach
  void close() {
    database.close();
  }

  private static Reply reply(int status, org.hl7.fhir.r4.model.Resource body) {
    String json = FHIR.newJsonParser().encodeResourceToString(body);
    return new Reply(status, json.getBytes(StandardCharsets.UTF_8), null);
  }

  private String kept(int count) {
    return reports.save(OwedReports.of(UNIT, count)).key().id();
  }

  private String signed(int count) {
    String id = kept(count);
    long version = Long.parseLong(reports.read(id).orElseThrow().getMeta().getVersionId());
    signOffs.review(id, version, ANNA, NOON);
    signOffs.approve(id, version, BO, NOON);
    return id;
  }

  private Receipt submit(NationalSide side, String id, @Nullable String reason) {
    Submissions submissions = new Submissions(database.reports(), side);
    return submissions.submit(submissions.order(UNIT, id, ANNA, reason, NOON));
  }

  @Test
  void whatTwoPeopleHaveSignedIsReceivedWithTheirSignatures() {
    String id = signed(12);
    assertThat(submit(local, id, null)).isEqualTo(new Receipt(id, 1));
    MeasureReport received = national.read(id).orElseThrow();
    assertThat(ReportHash.of(received)).isEqualTo(ReportHash.of(reports.read(id).orElseThrow()));
    assertThat(national.steps(id, 1).stream().map(SubmissionsTest::code))
        .containsExactlyInAnyOrder("granskad", "godkand", "inlamnad");
  }

  private static String code(Provenance step) {
    return step.getActivity().getCodingFirstRep().getCode();
  }

  @Test
  void onTheWireItIsTheSame() {
    String id = signed(12);
    assertThat(submit(remote, id, null)).isEqualTo(new Receipt(id, 1));
    MeasureReport received = national.read(id).orElseThrow();
    assertThat(ReportHash.of(received)).isEqualTo(ReportHash.of(reports.read(id).orElseThrow()));
    assertThat(national.steps(id, 1)).hasSize(3);
  }

  @Test
  void aSecondTimeNothingIsSent() {
    String id = signed(12);
    submit(remote, id, null);
    assertThat(submit(remote, id, null)).isEqualTo(new Receipt(id, 1));
    assertThat(sent).hasSize(1);
    assertThat(national.history(id)).hasSize(1);
  }

  @Test
  void anAnswerThatIsLostIsAskedForAgainAndIsTheSame() {
    String id = signed(12);
    NationalSide lost =
        report -> {
          remote.submit(report);
          throw new SubmissionPostponedException("no answer", null);
        };
    assertThatThrownBy(() -> submit(lost, id, null))
        .isInstanceOf(SubmissionPostponedException.class);
    assertThat(submit(remote, id, null)).isEqualTo(new Receipt(id, 1));
    assertThat(sent).hasSize(2);
    assertThat(sent.get(1)).isEqualTo(sent.get(0));
    assertThat(national.history(id)).hasSize(1);
    assertThat(national.steps(id, 1)).hasSize(3);
  }

  @Test
  void aCorrectionIsARevisionWithAReason() {
    String id = signed(12);
    submit(remote, id, null);
    sent.clear();
    signed(13);
    assertThatThrownBy(() -> submit(remote, id, " "))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining("reason");
    assertThat(submit(remote, id, "En patient saknades")).isEqualTo(new Receipt(id, 2));
    assertThat(national.history(id)).hasSize(2);
    assertThat(
            national.steps(id, 2).stream()
                .filter(it -> code(it).equals("inlamnad"))
                .map(it -> it.getReasonFirstRep().getText()))
        .containsExactly("En patient saknades");
    sent.clear();
    signed(14);
    assertThat(submit(remote, id, "En till")).isEqualTo(new Receipt(id, 3));
  }

  @Test
  void anEarlierVersionIsNotHandedInAfterALater() {
    String id = signed(12);
    Submissions submissions = new Submissions(database.reports(), local);
    SubmissionOrder first = submissions.order(UNIT, id, ANNA, null, NOON);
    signed(13);
    submit(local, id, null);
    assertThatThrownBy(() -> submissions.submit(first))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining("a later version");
    assertThat(national.history(id)).hasSize(1);
  }

  @Test
  void whatIsNotSignedByTwoStays() {
    String id = kept(12);
    assertThatThrownBy(() -> submit(local, id, null))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining("not approved");
    signOffs.review(id, 1, ANNA, NOON);
    assertThatThrownBy(() -> submit(local, id, null))
        .isInstanceOf(SubmissionRefusedException.class);
    signOffs.approve(id, 1, BO, NOON);
    kept(13);
    assertThatThrownBy(() -> submit(local, id, null))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining("version 2");
    assertThat(national.read(id)).isEmpty();
  }

  @Test
  void anotherUnitsReportIsNotThere() {
    String id = signed(12);
    Submissions submissions = new Submissions(database.reports(), local);
    Unit other = new Unit("SE2321000016-S002");
    assertThatThrownBy(() -> submissions.order(other, id, ANNA, null, NOON))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining("there is no report");
    assertThatThrownBy(
            () -> submissions.submit(new SubmissionOrder(other, id, 1, NOON, ANNA, null)))
        .isInstanceOf(SubmissionRefusedException.class);
  }

  @Test
  void aReasonThatMayIdentifyAPersonIsNotTaken() {
    String id = signed(12);
    assertThatThrownBy(() -> submit(local, id, "patient 19121212-1212 tillagd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("1212");
  }

  @ParameterizedTest
  @CsvSource({"408", "425", "429", "500", "502", "503", "504"})
  void whatMayPassIsSentAgainLater(int status) {
    String id = signed(12);
    NationalSide busy =
        new RemoteNationalSide(json -> new Reply(status, new byte[0], Duration.ofSeconds(17)));
    assertThatThrownBy(() -> submit(busy, id, null))
        .isInstanceOfSatisfying(
            SubmissionPostponedException.class,
            e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(17)));
  }

  @ParameterizedTest
  @CsvSource({"301", "302", "307", "400", "401", "403", "404", "409", "412", "413", "422"})
  void whatWillNotPassIsNotSentAgain(int status) {
    String id = signed(12);
    NationalSide refusing =
        new RemoteNationalSide(
            json -> new Reply(status, "<html>no</html>".getBytes(StandardCharsets.UTF_8), null));
    assertThatThrownBy(() -> submit(refusing, id, null))
        .isInstanceOf(SubmissionRefusedException.class)
        .hasMessageContaining(Integer.toString(status));
  }

  @Test
  void aRefusalIsToldInTheNationalSidesOwnWords() {
    String id = signed(12);
    org.hl7.fhir.r4.model.OperationOutcome outcome = new org.hl7.fhir.r4.model.OperationOutcome();
    outcome.addIssue().setDiagnostics("MeasureReport.period is owed in no year");
    NationalSide refusing = new RemoteNationalSide(json -> reply(422, outcome));
    assertThatThrownBy(() -> submit(refusing, id, null))
        .hasMessageEndingWith("MeasureReport.period is owed in no year");
  }

  @Test
  void anAnswerThatIsNoReceiptIsNone() {
    String id = signed(12);
    for (Bundle answer :
        List.of(
            new Bundle().setType(Bundle.BundleType.TRANSACTIONRESPONSE),
            SubmissionBundle.answer(
                new OutgoingReport(new MeasureReport(), List.of(), 2, null), new Receipt(id, 2)),
            SubmissionBundle.answer(
                new OutgoingReport(new MeasureReport(), List.of(), 1, null),
                new Receipt("other", 1)))) {
      NationalSide wrong = new RemoteNationalSide(json -> reply(200, answer));
      assertThatThrownBy(() -> submit(wrong, id, null))
          .isInstanceOf(SubmissionRefusedException.class)
          .hasMessageContaining("receipt");
    }
  }

  @Test
  void theNationalSideRefusesWhatIsNoSubmission() {
    String id = signed(12);
    submit(remote, id, null);
    for (String other :
        List.of(
            sent.get(0).replace("\"transaction\"", "\"batch\""),
            sent.get(0).replace("\"PUT\"", "\"POST\""),
            sent.get(0).replace("\"ifNoneMatch\":\"*\"", "\"ifMatch\":\"1\""),
            sent.get(0).replace("\"ifNoneMatch\":\"*\"", "\"ifNoneMatch\":\"W/1\""),
            sent.get(0).replace("\"resourceType\":\"Provenance\"", "\"resourceType\":\"Patient\""),
            sent.get(0).replace("MeasureReport/NETB1", "MeasureReport/NETB2"),
            "{'resourceType':'Bundle','type':'transaction'}".replace('\'', '"'))) {
      assertThat(other).isNotEqualTo(sent.get(0));
      assertThatThrownBy(
              () ->
                  SubmissionBundle.read(
                      FHIR.newJsonParser()
                          .setParserErrorHandler(new ca.uhn.fhir.parser.LenientErrorHandler(false))
                          .parseResource(Bundle.class, other)))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
