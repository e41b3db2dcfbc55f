package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.UNIT_A;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

class EvaluationDoorTest {

  private static final String B1 = "https://w3id.org/nhv/fhir/Measure/PROVB1";
  private static final String PERIOD = "periodStart=2024-01-01&periodEnd=2024-12-31";

  private final Doors doors = Doors.open();

  private Answer evaluate(String query) {
    return doors.get(TOKEN_A, "/intake/Measure/$evaluate-measure?" + query);
  }

  @Test
  void aMeasureIsEvaluatedByItsCanonicalForTheTokensUnit() {
    Answer answer = evaluate("measure=" + B1 + "%7C2.0.0&asOf=2025-03-15&" + PERIOD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/resourceType").asText()).isEqualTo("MeasureReport");
    assertThat(answer.json().at("/measure").asText()).isEqualTo(B1 + "|2.0.0");
    assertThat(answer.json().at("/date").asText()).startsWith("2025-03-15");
    assertThat(answer.json().at("/period/end").asText()).isEqualTo("2024-12-31");
    assertThat(answer.json().at("/reporter/reference").asText()).endsWith(UNIT_A);
  }

  @Test
  void aMeasureIsEvaluatedByItsIdToo() {
    Answer answer =
        doors.get(
            TOKEN_A, "/intake/Measure/PROVB1-1.0.0/$evaluate-measure?reportType=summary&" + PERIOD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/measure").asText()).isEqualTo(B1 + "|1.0.0");
  }

  @Test
  void theParametersMayComeInAResource() {
    Answer answer =
        doors.post(
            TOKEN_A,
            "/intake/Measure/PROVB1-1.0.0/$evaluate-measure",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"periodStart","valueDate":"2024-01-01"},
              {"name":"periodEnd","valueDate":"2024-12-31"}]}""");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "measure=https://w3id.org/nhv/fhir/Measure/PROVB1,400,2.0.0",
    "measure=https://w3id.org/nhv/fhir/Measure/NONE,404,known",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVT1,422,development",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVT1&reportType=subject-list,422,summary",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVT1&reportType=individual,422,summary",
    "measure=https://w3id.org/nhv/fhir/Measure/PROVT1&subject=Patient/1,400,parameters",
    "reportType=summary,400,canonical"
  })
  void whatCannotBeEvaluatedIsAnsweredWithTheReason(String query, int status, String reason) {
    Answer answer = evaluate(query + "&" + PERIOD);
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.diagnostics()).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "periodStart=2024-01-01",
        "periodStart=2024&periodEnd=2024",
        "periodStart=x&periodEnd=y",
        "periodStart=2024-01-01&periodEnd=2024-12-31&asOf=today"
      })
  void aPeriodThatIsNoWholeDaysIsRefused(String period) {
    Answer answer = doors.get(TOKEN_A, "/intake/Measure/PROVB1-1.0.0/$evaluate-measure?" + period);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.diagnostics()).isNotEmpty();
  }

  @Test
  void aPeriodThatEndsBeforeItStartsIsRefused() {
    Answer answer =
        doors.get(
            TOKEN_A,
            "/intake/Measure/PROVB1-1.0.0/$evaluate-measure?periodStart=2024-12-31&periodEnd=2024-01-01");
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.diagnostics()).contains("ends before");
  }

  private static String parameters(String area, String year) {
    return """
    {"resourceType":"Parameters","parameter":[
      {"name":"area","valueString":"%s"},{"name":"reportingYear","valueInteger":%s},
      {"name":"asOf","valueDate":"2025-03-15"}]}"""
        .formatted(area, year);
  }

  @Test
  void everyOwedReportIsMadeAtOnce() {
    Answer answer = doors.post(TOKEN_A, "/intake/$report", parameters("prov", "2025"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.json().at("/type").asText()).isEqualTo("collection");
    assertThat(answer.json().path("entry")).hasSize(2);
    assertThat(answer.json().at("/entry/0/resource/resourceType").asText())
        .isEqualTo("MeasureReport");
  }

  @ParameterizedTest
  @CsvSource({"prov,2023,422", "PROV!,2025,422", "prov,1900,422", "prov,\"x\",400"})
  void aReportingYearOrAreaThatOwesNothingIsAnsweredWithTheReason(
      String area, String year, int status) {
    Answer answer = doors.post(TOKEN_A, "/intake/$report", parameters(area, year));
    assertThat(answer.status()).as(answer.body()).isEqualTo(status);
    assertThat(answer.diagnostics()).isNotEmpty();
  }

  @Test
  void reportsAreMadeByPostOnly() {
    assertThat(doors.get(TOKEN_A, "/intake/$report?area=prov&reportingYear=2025").status())
        .isEqualTo(405);
    assertThat(doors.post(TOKEN_A, "/intake/$report", "{\"resourceType\":\"Parameters\"}").status())
        .isEqualTo(400);
    assertThat(doors.post(TOKEN_A, "/intake/$report", "").status()).isEqualTo(400);
    assertThat(doors.post(TOKEN_A, "/intake/$nonsense", "").status()).isBetween(400, 404);
  }
}
