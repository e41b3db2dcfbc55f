package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

  @Test
  void whatIsReadAndWrittenTwiceHasTheSameBytesAndKeepsTheSourcesMeta() {
    String json =
        """
        {"resourceType":"Procedure","id":"p1",
         "meta":{"versionId":"7","lastUpdated":"2024-03-01T10:15:00.123+01:00"},
         "status":"completed","subject":{"reference":"http://host/fhir/Patient/1/_history/2"},
         "performedDateTime":"2024-03-01T10:15:00+01:00"}
        """;
    byte[] once = StrictJson.encode(StrictJson.parse(bytes(json)));
    byte[] twice = StrictJson.encode(StrictJson.parse(once));

    assertThat(twice).isEqualTo(once);
    assertThat(new String(once, StandardCharsets.UTF_8))
        .contains("\"versionId\":\"7\"")
        .contains("\"lastUpdated\":\"2024-03-01T10:15:00.123+01:00\"")
        .contains("http://host/fhir/Patient/1/_history/2")
        .contains("\"performedDateTime\":\"2024-03-01T10:15:00+01:00\"");
  }

  @Test
  void theSameContentGivesTheSameBytesHoweverItWasSent() {
    String sent =
        """
        {"resourceType":"Observation","id":"o1","status":"final","code":{"text":"\\u00e5 x"},
         "subject":{"reference":"Patient/1"},
         "valueQuantity":{"value":7.10,"unit":"kPa"}}
        """;
    String otherwise =
        """
        {"valueQuantity" : {"unit":"kPa", "value":7.10}, "code":{"text":"å x"}, "id":"o1",
         "subject":{"reference":"Patient/1"}, "status":"final",
         "resourceType":"Observation"}
        """;
    byte[] stored = StrictJson.encode(StrictJson.tree(bytes(sent)));

    assertThat(StrictJson.encode(StrictJson.tree(bytes(otherwise)))).isEqualTo(stored);
    assertThat(StrictJson.encode(StrictJson.parse(bytes(sent)))).isEqualTo(stored);
    assertThat(StrictJson.encode(StrictJson.tree(stored))).isEqualTo(stored);
  }

  @Test
  void halfOfASurrogatePairIsWrittenAsAQuestionMark() {
    String sent = "{\"resourceType\":\"Patient\",\"name\":[{\"text\":\"a\\ud800b\"}]}";

    assertThat(new String(StrictJson.encode(StrictJson.tree(bytes(sent))), StandardCharsets.UTF_8))
        .contains("\"a?b\"");
  }

  @Test
  void decimalsKeepTheirDigits() {
    Resource resource =
        StrictJson.parse(
            bytes(
                """
                {"resourceType":"Observation","status":"final","code":{"text":"x"},
                 "valueQuantity":{"value":7.10,"unit":"kPa"}}
                """));
    assertThat(((Observation) resource).getValueQuantity().getValue()).hasToString("7.10");
    assertThat(new String(StrictJson.encode(resource), StandardCharsets.UTF_8)).contains("7.10");
  }

  @ParameterizedTest(name = "{0} is refused at {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"resourceType":"Patient","nickname":"x"}                                  | Patient.nickname
          {"resourceType":"Patient","name":[{"family":"a"},{"nickname":"x"}]}        | Patient.name[1].nickname
          {"resourceType":"Patient","gender":"kvinna"}                               | Patient.gender
          {"resourceType":"Patient","birthDate":"1 mars"}                            | Patient.birthDate
          {"resourceType":"Patient","birthDate":1950}                                | Patient.birthDate
          {"resourceType":"Patient","active":"true"}                                 | Patient.active
          {"resourceType":"Patient","gender":["male","female"]}                      | Patient.gender
          {"resourceType":"Patient","name":"Ada"}                                    | Patient.name
          {"resourceType":"Patient","name":["Ada"]}                                  | Patient.name[0]
          {"resourceType":"Patient","name":[{"given":[{"x":1}]}]}                    | Patient.name[0].given[0]
          {"resourceType":"Procedure","status":"done"}                               | Procedure.status
          {"resourceType":"Procedure","performedPeriod":{"start":"igår"}}            | Procedure.performedPeriod.start
          {"resourceType":"Procedure","performedQuantity":{"value":1}}               | Procedure.performedQuantity
          {"resourceType":"Observation","valueQuantity":{"value":1e999999999}}       | Observation.valueQuantity.value
          {"resourceType":"Patient","gender":null}                                   | Patient.gender
          {"resourceType":"Patient","name":[{"family":"a","given":[1]}]}             | Patient.name[0].given[0]
          {"resourceType":"Prosedyre"}                                               | resourceType
          {"id":"x"}                                                                 | $this
          """)
  void aFaultNamesItsElementAndNeverItsValue(String json, String element) {
    MalformedResourceException refused = refused(json);

    assertThat(refused.refusals()).extracting(Refusal::element).contains(element);
    assertThat(refused.refusals()).allSatisfy(it -> assertThat(it.remedy()).isNotBlank());
    assertThat(refused.toString()).doesNotContain("kvinna", "1 mars", "igår", "Ada");
  }

  @ParameterizedTest(name = "not JSON: {0}")
  @ValueSource(
      strings = {
        "",
        "[]",
        "null",
        "{",
        "{\"resourceType\":\"Patient\"",
        "{\"resourceType\":\"Patient\"} x",
        "{'resourceType':'Patient'}",
        "{\"resourceType\":\"Patient\",\"id\":\"1\",\"id\":\"2\"}",
        "<html></html>",
      })
  void whatIsNotOneJsonObjectWithEachKeyOnceIsRefused(String json) {
    assertThat(refused(json).refusals()).hasSize(1);
  }

  @Test
  void deepNestingIsRefusedAtOnce() {
    String json = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
    assertThat(refused(json)).hasMessageContaining("nested deeper than");
  }

  @Test
  void allFaultsAreToldAtOnce() {
    List<Refusal> refusals =
        refused(
                """
                {"resourceType":"Patient","nickname":"x","gender":"f","birthDate":"x",
                 "name":[{"nickname":"y"}]}
                """)
            .refusals();
    assertThat(refusals)
        .extracting(Refusal::element)
        .containsExactlyInAnyOrder(
            "Patient.nickname", "Patient.gender", "Patient.birthDate", "Patient.name[0].nickname");
  }

  @Test
  void aDateOutOfFormIsToldHowDatesAreWritten() {
    assertThat(refused("{\"resourceType\":\"Patient\",\"birthDate\":\"x\"}").refusals().get(0))
        .extracting(Refusal::remedy)
        .asString()
        .contains("YYYY-MM-DD");
  }

  @Test
  void primitivesWithExtensionsAreTaken() {
    Procedure procedure =
        (Procedure)
            StrictJson.parse(
                bytes(
                    """
                    {"resourceType":"Procedure","status":"completed","_performedDateTime":{
                     "extension":[{"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason",
                     "valueCode":"unknown"}]}}
                    """));
    assertThat(procedure.getPerformedDateTimeType().hasExtension()).isTrue();
  }

  private static MalformedResourceException refused(String json) {
    MalformedResourceException refused =
        catchThrowableOfType(MalformedResourceException.class, () -> StrictJson.parse(bytes(json)));
    assertThat(refused).isNotNull();
    return refused;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
