package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What is wrong with a unit's data, for that unit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QualityDoorTest {

  private static final String QUALITY =
      "/intake/$quality?area=net&reportingYear=2025&asOf=2025-03-15";

  private final Doors doors = Doors.start();

  @BeforeAll
  void pushAPatientWhoseConferenceHasNoReferralAndWhoseReferralHasNoDay() {
    put("Patient/q", "\"gender\":\"male\",\"birthDate\":\"1950-01-02\"");
    put(
        "Procedure/m",
        "\"status\":\"completed\",\"subject\":{\"reference\":\"Patient/q\"},\"category\":{\"coding\":"
            + "[{\"system\":\"https://w3id.org/nhv/fhir/CodeSystem/atgard\",\"code\":\"net-mdk\"}]},"
            + "\"performedDateTime\":\"2024-05-06\"");
    put(
        "ServiceRequest/r",
        "\"status\":\"active\",\"intent\":\"order\",\"subject\":{\"reference\":\"Patient/q\"},"
            + "\"category\":[{\"coding\":[{\"system\":\"https://w3id.org/nhv/fhir/CodeSystem/omrade\","
            + "\"code\":\"net\"}]}],\"code\":{\"coding\":[{\"system\":"
            + "\"https://w3id.org/nhv/fhir/CodeSystem/begaran\",\"code\":\"remiss\"}]}");
  }

  @AfterAll
  void close() {
    doors.close();
  }

  private void put(String reference, String elements) {
    String[] parts = reference.split("/", -1);
    String json =
        "{\"resourceType\":\"" + parts[0] + "\",\"id\":\"" + parts[1] + "\"," + elements + "}";
    Doors.Answer answer = doors.put(TOKEN_A, "/intake/" + reference, json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(201);
  }

  @Test
  void theOperationAnswersTheLinesByMeasureAndTheFactsWhichAreThenFound() {
    Doors.Answer answer = doors.get(TOKEN_A, QUALITY);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    JsonNode bundle = answer.json();
    assertThat(bundle.path("type").asText()).isEqualTo("collection");
    assertThat(bundle.at("/entry/0/resource/resourceType").asText()).isEqualTo("Parameters");
    assertThat(bundle.at("/entry/0/resource/parameter/0/valueInteger").asInt()).isEqualTo(1);
    assertThat(bundle.at("/entry/0/resource").toString())
        .contains("Measure/NETT1|2.0.0", "1 av 1 i T1 saknar remiss")
        .contains("1 × Remiss saknas: Procedure.basedOn");
    assertThat(bundle.at("/entry/1/resource/resourceType").asText()).isEqualTo("DetectedIssue");
    assertThat(bundle.path("entry")).hasSize(3);

    for (String query :
        new String[] {
          "code=datum-saknas", "severity=high", "implicated=ServiceRequest/r",
        }) {
      Doors.Answer found = doors.get(TOKEN_A, "/intake/DetectedIssue?" + query);
      assertThat(found.json().path("total").asInt()).as(query).isEqualTo(1);
      assertThat(found.json().at("/entry/0/resource/implicated/0/reference").asText())
          .isEqualTo("ServiceRequest/r");
    }
    assertThat(total(TOKEN_A, "patient=q")).isEqualTo(2);
    assertThat(total(TOKEN_B, "patient=q")).isZero();
    String id = bundle.at("/entry/1/resource/id").asText();
    assertThat(doors.get(TOKEN_A, "/intake/DetectedIssue/" + id).status()).isEqualTo(200);
    assertThat(doors.get(TOKEN_B, "/intake/DetectedIssue/" + id).status()).isEqualTo(404);
    assertThat(doors.get(AUTHORITY, QUALITY).status()).isEqualTo(403);
  }

  private int total(String token, String query) {
    return doors.get(token, "/intake/DetectedIssue?" + query).json().path("total").asInt();
  }

  @Test
  void theFactsAreATableWhenAskedForAsCsv() {
    Doors.Answer answer = doors.get(TOKEN_A, QUALITY + "&_format=text/csv");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("NETT1-2.0.0;remiss-saknas;warning;Procedure/m;");
    Doors.Answer accepted =
        doors.send(doors.request(TOKEN_A, QUALITY).header("Accept", "text/csv").GET());
    assertThat(accepted.body()).isEqualTo(answer.body());
  }

  @Test
  void whatIsAskedWronglyIsAnsweredWithTheReason() {
    assertThat(doors.get(TOKEN_A, "/intake/$quality?area=net").status()).isEqualTo(400);
    assertThat(doors.get(TOKEN_A, QUALITY + "&unit=x").status()).isEqualTo(400);
    assertThat(doors.get(TOKEN_A, "/intake/$quality?area=net&reportingYear=2020").status())
        .isEqualTo(422);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/q?_format=text/csv").status()).isEqualTo(406);
  }
}
