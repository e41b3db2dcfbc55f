package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.gclient.ICriterion;
import ca.uhn.fhir.rest.gclient.IQuery;
import ca.uhn.fhir.rest.gclient.TokenClientParam;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.content.ResourceValidator;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.synthetic.SyntheticPatient;

/** From three units' data by three ways in to their reports at the authority's own client. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class JourneyTest {

  private static final String B1 = Canonicals.ROOT + "/Measure/NETB1";
  private static final String B3 = Canonicals.ROOT + "/Measure/NETB3";
  private static final String R1 = Canonicals.ROOT + "/Measure/NETR1";
  private static final String RIKET =
      "reporter:identifier=" + Canonicals.identifier("niva") + "%7Criket";
  private static final Journey JOURNEY = Journey.onH2();
  private static final List<List<MeasureReport>> MADE = new ArrayList<>();

  private final IGenericClient authority = JOURNEY.authority();

  @BeforeAll
  static void takeInAndReport() {
    JOURNEY.push();
    assertThat(JOURNEY.pull().gaps()).isEmpty();
    assertThat(JOURNEY.read().gaps()).isEmpty();
    for (int unit = 1; unit <= 3; unit++) {
      MADE.add(JOURNEY.report(unit));
      assertThat(search(JOURNEY.authority(), "reporter=" + reporter(unit))).isEmpty();
      JOURNEY.desk(unit).submit(MADE.get(unit - 1), "");
    }
  }

  @AfterAll
  static void close() {
    JOURNEY.close();
  }

  private List<MeasureReport> search(String query) {
    return search(authority, query);
  }

  private static List<MeasureReport> search(IGenericClient client, String query) {
    Bundle found =
        client
            .search()
            .byUrl("MeasureReport?_count=100&" + query)
            .returnBundle(Bundle.class)
            .execute();
    assertThat(found.getTotal()).isEqualTo(found.getEntry().size());
    return found.getEntry().stream().map(e -> (MeasureReport) e.getResource()).toList();
  }

  /** Without those of Riket, whose reporter has no Organization here. */
  private static List<MeasureReport> ofUnits(List<MeasureReport> reports) {
    return reports.stream().filter(report -> report.getReporter().hasReference()).toList();
  }

  private static String idOf(String measure, int unit) {
    return measure + "-2.0.0-" + JOURNEY.unit(unit).unit() + "-20240101-20241231";
  }

  @Test
  @Order(1)
  void everyUnitMakesSevenReports() {
    assertThat(MADE).allSatisfy(reports -> assertThat(reports).hasSize(7));
    assertThat(search("")).hasSize(28); // and seven of Riket
    assertThat(ofUnits(search("")))
        .hasSize(21)
        .allSatisfy(r -> assertThat(r.getMeta().getVersionId()).isEqualTo("1"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @Order(2)
  void theFiguresAreThoseThatEvaluateGivesOfTheSameFiles(int unit) throws IOException {
    Map<String, String> kept =
        Journey.groups(search("reporter=Organization/" + JOURNEY.unit(unit).unit()));
    assertThat(kept).hasSize(7).isEqualTo(JOURNEY.evaluated(unit));
    assertThat(Journey.groups(MADE.get(unit - 1))).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "measure=https://w3id.org/nhv/fhir/Measure/NETB1,4",
    "measure=https://w3id.org/nhv/fhir/Measure/NETB1%7C2.0.0,4",
    "measure=https://w3id.org/nhv/fhir/Measure/NETB1%7C1.0.0,0",
    "period=2024,28",
    "period=2023,0",
    "period=ge2024-01-01,28",
    "period=gt2024-12-31,0",
    "date=2025-03-15,28",
    "date=lt2025-03-15,0",
    "date=ge2025-03&date=lt2025-04,28",
    "reporter=Organization/SE0000000000-NET1,7",
    "reporter=Organization/SE0000000000-NET9,0",
    "status=complete,28",
    "status=pending,0",
    "_lastUpdated=gt2020-01-01,28",
    "_lastUpdated=lt2020-01-01,0",
    "_id=NETB1-2.0.0-SE0000000000-NET2-20240101-20241231,1",
    "_id=none,0",
    "reporter=Organization/SE0000000000-NET1&measure=https://w3id.org/nhv/fhir/Measure/NETB1,1"
  })
  @Order(3)
  void theAuthorityFindsReports(String query, int reports) {
    assertThat(search(query)).hasSize(reports);
  }

  @Test
  @Order(4)
  void theAuthorityFindsAReportByItsIdentifierWithTheTypedSearch() {
    String value = "NETB1-2.0.0-" + JOURNEY.unit(1).unit() + "-2024-01-01-2024-12-31";
    ICriterion<TokenClientParam> criterion =
        MeasureReport.IDENTIFIER
            .exactly()
            .systemAndIdentifier(Canonicals.identifier("rapport"), value);
    IQuery<Bundle> query =
        authority.search().forResource(MeasureReport.class).returnBundle(Bundle.class);
    Bundle found = query.where(criterion).execute();
    assertThat(found.getEntry()).hasSize(1);
    MeasureReport report = (MeasureReport) found.getEntryFirstRep().getResource();
    assertThat(report.getMeasure()).isEqualTo(B1 + "|2.0.0");
    assertThat(report.getIdElement().getIdPart()).isEqualTo(idOf("NETB1", 1));
  }

  @Test
  @Order(5)
  void theAuthorityPagesThroughAllReportsByFives() {
    List<Integer> sizes = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    Bundle page =
        authority
            .search()
            .forResource(MeasureReport.class)
            .count(5)
            .returnBundle(Bundle.class)
            .execute();
    while (page != null) {
      assertThat(page.getTotal()).isEqualTo(28);
      sizes.add(page.getEntry().size());
      page.getEntry().forEach(e -> ids.add(e.getResource().getIdElement().getIdPart()));
      page =
          page.getLink(Bundle.LINK_NEXT) == null ? null : authority.loadPage().next(page).execute();
    }
    assertThat(sizes).containsExactly(5, 5, 5, 5, 5, 3);
    assertThat(ids).hasSize(28);
  }

  @Test
  @Order(6)
  void noPatientIsSeenInAnyByteOfTheReportDoor() throws IOException, InterruptedException {
    StringBuilder answers = new StringBuilder(get("/fhir/MeasureReport?_count=100"));
    for (MeasureReport report : search("")) {
      String path = "/fhir/MeasureReport/" + report.getIdElement().getIdPart();
      answers.append(get(path)).append(get(path + "/_history"));
    }
    answers.append(get("/fhir/Organization")).append(get("/fhir/metadata"));
    String all = answers.toString();
    assertThat(all.length()).isGreaterThan(100_000);
    for (int unit = 1; unit <= 3; unit++) {
      for (SyntheticPatient patient : JOURNEY.patients(unit).limit(20).toList()) {
        assertThat(all.contains("Patient/" + patient.id())).as(patient.id()).isFalse();
        for (String word : JourneyPatients.wordsOf((Patient) patient.resources().get(0))) {
          assertThat(all.contains(word)).as(word).isFalse();
        }
      }
    }
  }

  @Test
  @Order(7)
  void everyCountOfRiketIsTheSumOfTheUnits() {
    Map<String, Integer> sums = Journey.counts(ofUnits(search("")));
    assertThat(sums).hasSizeGreaterThan(20);
    assertThat(Journey.counts(search(RIKET))).isEqualTo(sums);
  }

  private static String get(String path) throws IOException, InterruptedException {
    URI address = JOURNEY.door(path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .header("Authorization", "Bearer " + Journey.AUTHORITY)
            .build();
    HttpResponse<String> answer =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(path).isEqualTo(200);
    return answer.body();
  }

  @Test
  @Order(8)
  void everyReportOfAUnitKeepsTheProfile() {
    ResourceValidator validator = JOURNEY.server().content().validator();
    String profile = Canonicals.structureDefinition("matrapport");
    List<MeasureReport> reports = search("reporter=Organization/" + JOURNEY.unit(1).unit());
    assertThat(reports).hasSize(7);
    for (MeasureReport report : reports) {
      String json = Journey.FHIR.newJsonParser().encodeResourceToString(report);
      assertThat(validator.validate(json, profile).getIssue())
          .filteredOn(issue -> !"warning information".contains(issue.getSeverity().toCode()))
          .extracting(OperationOutcomeIssueComponent::getDiagnostics)
          .as(report.getId())
          .isEmpty();
    }
  }

  @Test
  @Order(9)
  void theSameDataAgainMakesNoNewRevision() {
    Map<String, String> before = versions();
    JOURNEY.push();
    assertThat(JOURNEY.pull().queries()).allSatisfy(q -> assertThat(q.changed()).isZero());
    assertThat(JOURNEY.read().changed()).isZero();
    for (int unit = 1; unit <= 3; unit++) {
      JOURNEY.report(unit);
    }
    assertThat(versions()).isEqualTo(before);
  }

  @Test
  @Order(10)
  void oneMoreProcedureIsTheNextRevisionAndChangesTheFiguresItTouches() {
    Map<String, String> before = Journey.groups(search("reporter=" + reporter(1)));
    Instant start = Instant.now();
    JOURNEY.intake(1).update().resource(JourneyPatients.oneMoreConference(JOURNEY)).execute();
    Map<String, String> submitted = versions();
    List<MeasureReport> revised =
        JOURNEY.report(1).stream().filter(r -> !r.getMeta().getVersionId().equals("1")).toList();
    assertThat(versions()).isEqualTo(submitted);
    JOURNEY.desk(1).submit(revised, "En konferens saknades");

    Map<String, String> after = Journey.groups(search("reporter=" + reporter(1)));
    Set<String> touched = new TreeSet<>(after.keySet());
    touched.removeIf(measure -> after.getOrDefault(measure, "").equals(before.get(measure)));
    assertThat(touched).contains(B1 + "|2.0.0").doesNotContain(B3 + "|2.0.0", R1 + "|2.0.0");
    assertThat(ofUnits(search("_lastUpdated=ge" + start)))
        .allSatisfy(r -> assertThat(r.getReporter().getReference()).isEqualTo(reporter(1)))
        .extracting(MeasureReport::getMeasure)
        .containsAll(touched);
    IdType idOfB1 = new IdType("MeasureReport", idOf("NETB1", 1));
    Bundle history = authority.history().onInstance(idOfB1).returnBundle(Bundle.class).execute();
    List<MeasureReport> revisions =
        history.getEntry().stream().map(e -> (MeasureReport) e.getResource()).toList();
    assertThat(revisions).extracting(r -> r.getMeta().getVersionId()).containsExactly("2", "1");
    assertThat(Journey.groups(revisions.subList(1, 2))).containsValue(before.get(B1 + "|2.0.0"));
    MeasureReport first =
        authority
            .read()
            .resource(MeasureReport.class)
            .withIdAndVersion(idOfB1.getIdPart(), "1")
            .execute();
    assertThat(Journey.groups(List.of(first))).isEqualTo(Journey.groups(revisions.subList(1, 2)));
    assertThat(Journey.counts(search(RIKET))).isEqualTo(Journey.counts(ofUnits(search(""))));
  }

  private static String reporter(int unit) {
    return "Organization/" + JOURNEY.unit(unit).unit();
  }

  /** The version of every report. */
  private Map<String, String> versions() {
    return search("").stream()
        .collect(
            Collectors.toMap(r -> r.getIdElement().getIdPart(), r -> r.getMeta().getVersionId()));
  }
}
