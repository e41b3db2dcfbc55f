package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.UNIT_A;
import static se.nhv.fhir.server.Doors.UNIT_B;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.server.Doors.Answer;

class ReportDoorTest {

  private static final String REVISED = SavedReports.id("PROVB0", UNIT_A, 2024);

  private final Doors doors = Doors.open();

  @BeforeEach
  void save() {
    SavedReports.in(doors);
  }

  @Test
  void aReportIsReadWithEveryRevision() {
    Answer current = doors.get(AUTHORITY, "/fhir/MeasureReport/" + REVISED);
    assertThat(current.status()).isEqualTo(200);
    assertThat(current.header("ETag")).isEqualTo("W/\"2\"");
    assertThat(current.json().at("/group/0/population/0/count").asInt()).isEqualTo(11);
    Answer first = doors.get(AUTHORITY, "/fhir/MeasureReport/" + REVISED + "/_history/1");
    assertThat(first.json().at("/group/0/population/0/count").asInt()).isEqualTo(10);
    Answer history = doors.get(AUTHORITY, "/fhir/MeasureReport/" + REVISED + "/_history");
    assertThat(history.json().at("/entry").findValuesAsText("versionId")).containsExactly("2", "1");
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/none").status()).isEqualTo(404);
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/none/_history").status()).isEqualTo(404);
  }

  @Test
  void anUnchangedReportIsNotSentAgain() {
    Answer answer =
        doors.send(
            doors
                .request(AUTHORITY, "/fhir/MeasureReport/" + REVISED)
                .header("If-None-Match", "W/\"2\""));
    assertThat(answer.status()).isEqualTo(304);
  }

  @ParameterizedTest
  @CsvSource({
    "'',9",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVB0,2",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVB0%7C1.0.0,2",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVB0%7C9.0.0,0",
    "reporter=Organization/SE2321000016-B001,2",
    "reporter=SE2321000016-B001,2",
    "reporter=SE2321000016-B001&measure=https://w3id.org/nhv/fhir/Measure/PROVB1,1",
    "period=2024,7",
    "period=ge2024-01-01,7",
    "period=ge2023-01-01&period=le2023-12-31,2",
    "period=lt2023-01-01,0",
    "date=2025-03-15,7",
    "date=le2024-12-31,2",
    "status=complete,9",
    "status=pending,0",
    "'status=pending,complete',9",
    "_lastUpdated=gt2020-01-01,9",
    "_lastUpdated=lt2020-01-01,0",
    "identifier=https://w3id.org/nhv/fhir/identifier/rapport%7CPROVB1-1.0.0-SE2321000016-A001-2024-01-01-2024-12-31,1",
    "_id=PROVB1-1.0.0-SE2321000016-A001-20240101-20241231,1",
    "_id=PROVB1-1.0.0-SE2321000016-A001-20240101-20241231&status=pending,0",
    "_id=none,0",
    "_pretty=true&_format=json&_count=1,9"
  })
  void reportsAreFoundByEachParameter(String query, int total) {
    Answer answer = doors.get(AUTHORITY, "/fhir/MeasureReport?" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/type").asText()).isEqualTo("searchset");
    assertThat(answer.json().at("/total").asInt()).isEqualTo(total);
  }

  @Test
  void aSearchIsAlsoTakenAsAForm() {
    Answer answer =
        doors.send(
            doors
                .request(AUTHORITY, "/fhir/MeasureReport/_search")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("reporter=" + UNIT_B)));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/total").asInt()).isEqualTo(2);
  }

  @Test
  void aSearchLeadsThroughThreePagesToAllReports() {
    List<String> found = new ArrayList<>();
    String next = "/fhir/MeasureReport?reporter=" + UNIT_A + "&_count=3";
    int pages = 0;
    while (!next.isEmpty()) {
      Answer page = doors.get(AUTHORITY, next);
      assertThat(page.json().at("/total").asInt()).isEqualTo(SavedReports.OF_A);
      assertThat(page.json().at("/link/0/relation").asText()).isEqualTo("self");
      page.json().path("entry").forEach(it -> found.add(it.at("/resource/id").asText()));
      next = Links.next(page, doors.base());
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(found).hasSize(SavedReports.OF_A).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "patient=1",
        "subject=Patient/1",
        "evaluated-resource=1",
        "_include=MeasureReport:measure",
        "_revinclude=Patient:organization",
        "_has:Patient:organization:name=x",
        "reporter.name=x",
        "reporter:Organization.name=x",
        "measure:below=x",
        "_content=x",
        "_filter=x",
        "_sort=date",
        "_summary=count",
        "_elements=group",
        "_total=none",
        "nonsense=1"
      })
  void aSearchParameterOutsideTheListIsRefusedWithTheListOfThoseThatWork(String query) {
    Answer answer = doors.get(AUTHORITY, "/fhir/MeasureReport?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.diagnostics()).contains("_lastUpdated", "reporter", "period");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_count=0",
        "_count=-1",
        "_count=x",
        "_count=1&_count=2",
        "_cursor=%00",
        "_cursor=!",
        "period=nonsense",
        "period=ne2024",
        "date=2024-13-01",
        "date=2024-01-01T00:00:00",
        "status=",
        "_lastUpdated=x",
        "measure=%00",
        "_getpages=1",
        "_query=x"
      })
  void aValueThatCannotBeReadIsRefused(String query) {
    Answer answer = doors.get(AUTHORITY, "/fhir/MeasureReport?" + query);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.diagnostics()).isNotEmpty();
  }

  @Test
  void aUnitSeesItsOwnReportsOnly() {
    Answer all = doors.get(TOKEN_A, "/fhir/MeasureReport");
    assertThat(all.json().at("/total").asInt()).isEqualTo(SavedReports.OF_A);
    assertThat(all.body()).doesNotContain(UNIT_B);
    Answer others = doors.get(TOKEN_A, "/fhir/MeasureReport?reporter=" + UNIT_B);
    assertThat(others.json().at("/total").asInt()).isZero();
    String ofB = SavedReports.id("PROVB0", UNIT_B, 2023);
    assertThat(doors.get(AUTHORITY, "/fhir/MeasureReport/" + ofB).status()).isEqualTo(200);
    for (String path : List.of("", "/_history", "/_history/1")) {
      assertThat(doors.get(TOKEN_A, "/fhir/MeasureReport/" + ofB + path).status()).isEqualTo(404);
    }
    assertThat(doors.get(TOKEN_A, "/fhir/MeasureReport?_id=" + ofB).json().at("/total").asInt())
        .isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Patient", "Encounter", "Procedure", "Observation", "CarePlan", "Nonsense"})
  void noOtherTypeExistsHere(String type) {
    for (String path : List.of(type, type + "/1", type + "/1/_history", type + "/_search")) {
      Answer answer = doors.get(AUTHORITY, "/fhir/" + path);
      assertThat(answer.status()).as(path).isBetween(400, 404);
      assertThat(answer.diagnostics()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MeasureReport", "Measure", "Organization", "Patient", "Bundle"})
  void nothingIsWrittenHere(String type) {
    String json = "{\"resourceType\":\"" + type + "\",\"id\":\"1\"}";
    assertThat(doors.put(AUTHORITY, "/fhir/" + type + "/1", json).status()).isBetween(400, 405);
    assertThat(doors.post(AUTHORITY, "/fhir/" + type, json).status()).isBetween(400, 405);
    assertThat(doors.delete(AUTHORITY, "/fhir/" + type + "/1").status()).isBetween(400, 405);
    assertThat(doors.post(AUTHORITY, "/fhir", "{\"resourceType\":\"Bundle\"}").status())
        .isBetween(400, 405);
  }

  @Test
  void nothingIsEvaluatedHere() {
    String path =
        "/fhir/Measure/$evaluate-measure?measure=x&periodStart=2024-01-01&periodEnd=2024-12-31";
    assertThat(doors.get(AUTHORITY, path).status()).isBetween(400, 405);
    assertThat(doors.post(TOKEN_A, "/fhir/$report", "{\"resourceType\":\"Parameters\"}").status())
        .isBetween(400, 405);
  }

  @ParameterizedTest
  @CsvSource({
    "Measure,3",
    "Measure?url=https://w3id.org/nhv/fhir/Measure/PROVB1,2",
    "Measure?url=https://w3id.org/nhv/fhir/Measure/PROVB1&version=2.0.0,1",
    "Measure?name=prov,3",
    "Measure?name=rov,0",
    "Measure?identifier=B1,2",
    "Measure?identifier=https://w3id.org/nhv/fhir/identifier/matt%7CB1,2",
    "Measure?identifier=urn:other%7CB1,0",
    "Measure?_id=PROVT1-1.0.0,1",
    "Library,1",
    "ValueSet,0",
    "CodeSystem,0",
    "StructureDefinition,0"
  })
  void definitionsAreFound(String query, int total) {
    Answer answer = doors.get(TOKEN_A, "/fhir/" + query);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/total").asInt()).isEqualTo(total);
  }

  @Test
  void definitionsAreReadAndPaged() {
    assertThat(doors.get(AUTHORITY, "/fhir/Measure/PROVB1-2.0.0").status()).isEqualTo(200);
    assertThat(doors.get(AUTHORITY, "/fhir/Measure/none").status()).isEqualTo(404);
    Answer first = doors.get(AUTHORITY, "/fhir/Measure?_count=2");
    assertThat(first.json().path("entry")).hasSize(2);
    Answer second = doors.get(AUTHORITY, Links.next(first, doors.base()));
    assertThat(second.json().path("entry")).hasSize(1);
    assertThat(Links.next(second, doors.base())).isEmpty();
  }

  @Test
  void unitsAreReadAndFound() {
    doors.bean(Units.class).save(new Unit("SE2321000016-C001"), "Enheten C");
    assertThat(doors.get(AUTHORITY, "/fhir/Organization/SE2321000016-C001").status())
        .isEqualTo(200);
    String query = "/fhir/Organization?identifier=urn:oid:1.2.752.29.4.19%7CSE2321000016-C001";
    assertThat(doors.get(TOKEN_A, query).json().at("/total").asInt()).isEqualTo(1);
    assertThat(
            doors.get(TOKEN_A, "/fhir/Organization?name=enheten%20c").json().at("/total").asInt())
        .isEqualTo(1);
  }
}
