package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.TOKEN_B;
import static se.nhv.fhir.server.Doors.newId;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

class MappingDoorTest {

  private static final String KVA = "urn:oid:1.2.752.116.1.3.2.1.4";
  private static final String CONCEPT_MAP =
      """
      {"resourceType":"ConceptMap","id":"m","status":"active","group":[
        {"source":"urn:local","target":"%s","element":[
          {"code":"L1","target":[{"code":"JLC30","equivalence":"equal"}]}]}]}"""
          .formatted(KVA);

  private final Doors doors = Doors.open();

  @AfterEach
  void removeTheMapping() {
    doors.delete(TOKEN_A, "/intake/ConceptMap/m");
  }

  private static String procedure(String id, String code) {
    return """
    {"resourceType":"Procedure","id":"%s","status":"completed",
     "code":{"coding":[{"system":"urn:local","code":"%s"}]},"subject":{"reference":"Patient/p"}}"""
        .formatted(id, code);
  }

  @Test
  void aUnitPutsItsMapAndPushesInItsOwnCodes() {
    String earlier = newId();
    doors.put(TOKEN_A, "/intake/Procedure/" + earlier, procedure(earlier, "L1"));

    Answer put = doors.put(TOKEN_A, "/intake/ConceptMap/m", CONCEPT_MAP);
    assertThat(put.status()).as(put.body()).isIn(200, 201);
    String id = newId();
    assertThat(doors.put(TOKEN_A, "/intake/Procedure/" + id, procedure(id, "L1")).status())
        .isEqualTo(201);
    for (String each : new String[] {earlier, id}) {
      String path = "/intake/Procedure/" + each;
      assertThat(doors.get(TOKEN_A, path).json().at("/code/coding/1/code").asText())
          .isEqualTo("JLC30");
      Answer original = doors.get(TOKEN_A, path + "/$original");
      assertThat(original.status()).as(original.body()).isEqualTo(200);
      assertThat(original.json().at("/code/coding")).hasSize(1);
      assertThat(doors.get(TOKEN_B, path + "/$original").status()).isEqualTo(404);
    }
    assertThat(doors.get(TOKEN_A, "/intake/ConceptMap/m").json().at("/group/0/source").asText())
        .isEqualTo("urn:local");
    assertThat(doors.get(TOKEN_B, "/intake/ConceptMap/m").status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_A, "/intake/ConceptMap").json().at("/total").asInt()).isEqualTo(1);

    assertThat(doors.delete(TOKEN_A, "/intake/ConceptMap/m").status()).isEqualTo(200);
    Answer restored = doors.get(TOKEN_A, "/intake/Procedure/" + earlier);
    assertThat(restored.json().at("/code/coding")).as("as it was sent again").hasSize(1);
    assertThat(doors.get(TOKEN_A, "/intake/Procedure/" + earlier + "/$original").status())
        .isEqualTo(200);
  }

  @Test
  void everyFaultOfAMapIsAnsweredAndNothingIsKept() {
    Answer answer =
        doors.put(
            TOKEN_A,
            "/intake/ConceptMap/m",
            CONCEPT_MAP.replace(KVA, "urn:nobody").replace("equal", "narrower"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().path("issue")).hasSize(2);
    assertThat(answer.json().at("/issue/0/expression/0").asText())
        .isEqualTo("ConceptMap.group[0].target");
    assertThat(doors.get(TOKEN_A, "/intake/ConceptMap/m").status()).isIn(404, 410);
  }

  @ParameterizedTest
  @ValueSource(strings = {"code.code.matches('a')", "nothing.exists()"})
  void aRuleThatIsNotTakenIsAnsweredWithItsPlace(String condition) {
    Answer answer =
        doors.put(
            TOKEN_A,
            "/intake/StructureMap/s",
            """
            {"resourceType":"StructureMap","id":"s","url":"urn:s","name":"S","status":"active",
             "group":[{"name":"g","typeMode":"none","input":[
               {"name":"a","type":"Procedure","mode":"source"},
               {"name":"b","type":"Procedure","mode":"target"}],
               "rule":[{"name":"r","source":[{"context":"a","condition":"%s"}],
                 "target":[{"context":"b","contextType":"variable","element":"category","transform":"cc",
                   "parameter":[{"valueString":"urn:x"},{"valueString":"y"}]}]}]}]}"""
                .formatted(condition));
    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
    assertThat(answer.json().at("/issue/0/expression/0").asText())
        .isEqualTo("StructureMap.group[0].rule[0].source[0].condition");
  }

  @Test
  void aDryRunShowsBeforeAndAfterWithTheRuleAndStoresNothing() {
    String id = newId();
    Answer answer =
        doors.post(
            TOKEN_A,
            "/intake/$map",
            """
            {"resourceType":"Parameters","parameter":[
              {"name":"mapping","resource":%s},
              {"name":"resource","resource":%s},{"name":"resource","resource":%s}]}"""
                .formatted(CONCEPT_MAP, procedure(id, "L1"), procedure(id, "L2")));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains("\"mappingVersion\"", "\"k1r0-", "ConceptMap/m", "|JLC30");
    assertThat(answer.json().at("/parameter/1/part/2/valueBoolean").asBoolean()).isTrue();
    assertThat(answer.json().at("/parameter/2/part/2/valueBoolean").asBoolean()).isFalse();
    assertThat(answer.json().at("/parameter/3/name").asText()).isEqualTo("unmapped");
    assertThat(answer.json().at("/parameter/3/part/3/valueCode").asText()).isEqualTo("L2");
    assertThat(doors.get(TOKEN_A, "/intake/Procedure/" + id).status()).isEqualTo(404);
    assertThat(doors.get(TOKEN_A, "/intake/ConceptMap/m").status()).isIn(404, 410);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"resourceType\":\"Patient\"}",
        "{\"resourceType\":\"Parameters\"}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"valueString\":\"x\"}]}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"other\",\"resource\":{\"resourceType\":\"Patient\"}}]}",
        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"resource\",\"resource\":{\"resourceType\":\"Patient\",\"nope\":1}}]}"
      })
  void aDryRunOfNothingIsRefused(String body) {
    Answer answer = doors.post(TOKEN_A, "/intake/$map", body);
    assertThat(answer.status()).as(answer.body()).isEqualTo(400);
    assertThat(answer.diagnostics()).isNotEmpty();
  }

  @Test
  void unmappedCodesAreListedForTheUnitAlone() {
    String id = newId();
    String code = "U" + id.substring(0, 8);
    doors.put(TOKEN_A, "/intake/Procedure/" + id, procedure(id, code));
    Answer answer = doors.get(TOKEN_A, "/intake/$unmapped");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    assertThat(answer.body()).contains(code, "Procedure.code");
    assertThat(doors.get(TOKEN_B, "/intake/$unmapped").body()).doesNotContain(code);
    assertThat(doors.get(AUTHORITY, "/intake/$unmapped").status()).isEqualTo(403);
    assertThat(doors.get(null, "/intake/$unmapped").status()).isEqualTo(401);
  }
}
