package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.AUTHORITY;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;

import ca.uhn.fhir.context.FhirContext;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.mapping.StoredMappings;

/** Each door does what its CapabilityStatement says, and nothing else. */
class CapabilityTest {

  private static final FhirContext FHIR = FhirContext.forR4Cached();

  private final Doors doors = Doors.open();

  private CapabilityStatement statement(String door) {
    return FHIR.newJsonParser()
        .parseResource(CapabilityStatement.class, doors.get(null, "/" + door + "/metadata").body());
  }

  private static Set<TypeRestfulInteraction> interactions(
      CapabilityStatementRestResourceComponent resource) {
    return resource.getInteraction().stream()
        .map(CapabilityStatement.ResourceInteractionComponent::getCode)
        .collect(Collectors.toSet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"fhir", "intake"})
  void aStatementSaysWhatTheDoorIs(String door) {
    CapabilityStatement statement = statement(door);
    assertThat(statement.getFhirVersion().toCode()).isEqualTo("4.0.1");
    assertThat(statement.getFormat().stream().map(Object::toString).toList())
        .containsExactly("application/fhir+json", "json");
    assertThat(statement.getImplementation().getDescription()).isNotEmpty();
    assertThat(statement.getRestFirstRep().getSecurity().getDescription()).contains("token");
    for (CapabilityStatementRestResourceComponent type :
        statement.getRestFirstRep().getResource()) {
      assertThat(type.getSearchParam())
          .allSatisfy(it -> assertThat(it.getDocumentation()).isNotEmpty());
    }
  }

  @Test
  void theIntakeDoorDoesWhatItSaysWithEveryType() {
    List<CapabilityStatementRestResourceComponent> types =
        statement("intake").getRestFirstRep().getResource();
    assertThat(types).hasSize(20);
    for (CapabilityStatementRestResourceComponent type : types) {
      if (StoredMappings.TYPES.contains(type.getType())) {
        assertThat(interactions(type)).doesNotContain(TypeRestfulInteraction.CREATE).hasSize(6);
      } else if (type.getType().equals("DetectedIssue")) {
        factsAreReadAndSearched(type);
      } else if (type.getType().equals("MeasureReport")) {
        assertThat(type.getOperation())
            .extracting(it -> it.getName())
            .containsExactlyInAnyOrder("review", "approve", "submit");
      } else if (!Set.of("Measure", "Provenance", "Task", "Endpoint", "AuditEvent")
          .contains(type.getType())) {
        intakeTypeWorks(type);
      }
    }
  }

  private void factsAreReadAndSearched(CapabilityStatementRestResourceComponent type) {
    assertThat(interactions(type))
        .containsExactlyInAnyOrder(
            TypeRestfulInteraction.READ,
            TypeRestfulInteraction.VREAD,
            TypeRestfulInteraction.HISTORYINSTANCE,
            TypeRestfulInteraction.SEARCHTYPE);
    for (String name : searchedBy(type)) {
      assertThat(doors.get(TOKEN_A, "/intake/DetectedIssue?" + name + "=x").status())
          .as(name)
          .isEqualTo(200);
    }
    assertThat(
            doors
                .put(TOKEN_A, "/intake/DetectedIssue/1", "{\"resourceType\":\"DetectedIssue\"}")
                .status())
        .isBetween(400, 405);
  }

  private void intakeTypeWorks(CapabilityStatementRestResourceComponent type) {
    String id = newId();
    String path = "/intake/" + type.getType();
    String json = resource(type.getType(), id);
    assertThat(interactions(type))
        .containsExactlyInAnyOrder(
            TypeRestfulInteraction.READ,
            TypeRestfulInteraction.VREAD,
            TypeRestfulInteraction.UPDATE,
            TypeRestfulInteraction.DELETE,
            TypeRestfulInteraction.HISTORYINSTANCE,
            TypeRestfulInteraction.CREATE,
            TypeRestfulInteraction.SEARCHTYPE);
    assertThat(doors.put(TOKEN_A, path + "/" + id, json).status()).as(path).isEqualTo(201);
    for (String read : List.of("", "/_history", "/_history/1")) {
      assertThat(doors.get(TOKEN_A, path + "/" + id + read).status()).as(path).isEqualTo(200);
    }
    assertThat(type.getOperation()).extracting(it -> it.getName()).containsExactly("original");
    assertThat(doors.get(TOKEN_A, path + "/" + id + "/$original").status()).isEqualTo(200);
    assertThat(searchedBy(type)).containsExactly("_id", "identifier");
    assertThat(doors.get(TOKEN_A, path + "?_id=" + id).json().at("/total").asInt()).isEqualTo(1);
    assertThat(doors.get(TOKEN_A, path + "?identifier=urn:t%7C" + id).json().at("/total").asInt())
        .as(path)
        .isEqualTo(1);
    conditionalCreateWorks(type.getType(), path);
    assertThat(doors.delete(TOKEN_A, path + "/" + id).status()).isEqualTo(200);
    assertThat(doors.get(TOKEN_A, path + "/_history").status()).isBetween(400, 405);
    assertThat(doors.put(TOKEN_A, path + "?identifier=urn:t%7C" + id, json).status())
        .isBetween(400, 405);
    assertThat(doors.delete(TOKEN_A, path + "?identifier=urn:t%7C" + id).status())
        .isBetween(400, 405);
  }

  private void conditionalCreateWorks(String type, String path) {
    String value = newId();
    assertThat(
            doors
                .send(
                    doors
                        .request(TOKEN_A, path)
                        .header("Content-Type", "application/fhir+json")
                        .header("If-None-Exist", "identifier=urn:t|" + value)
                        .POST(BodyPublishers.ofString(resource(type, value))))
                .status())
        .as(path)
        .isEqualTo(201);
  }

  @Test
  void runsAndEndpointsAreReadAsItSays() {
    for (CapabilityStatementRestResourceComponent type :
        statement("intake").getRestFirstRep().getResource()) {
      if (!Set.of("Task", "Endpoint").contains(type.getType())) {
        continue;
      }
      String path = "/intake/" + type.getType();
      boolean versioned = type.getType().equals("Task");
      assertThat(interactions(type).contains(TypeRestfulInteraction.VREAD)).isEqualTo(versioned);
      for (String name : searchedBy(type)) {
        String value = name.equals("identifier") ? "%7Cx" : "x";
        assertThat(doors.get(TOKEN_A, path + "?" + name + "=" + value).status())
            .as(path + " " + name)
            .isEqualTo(200);
      }
      assertThat(type.getOperation()).hasSize(versioned ? 2 : 0);
      assertThat(doors.put(TOKEN_A, path + "/1", resource(type.getType(), "1")).status())
          .isBetween(400, 405);
      assertThat(doors.delete(TOKEN_A, path + "/1").status()).isBetween(400, 405);
      assertThat(doors.get(TOKEN_A, path + "/1").status()).isEqualTo(404);
    }
  }

  @Test
  void theOperationsOfJobsAreThere() {
    for (String path : List.of("/intake/Task/none/$cancel", "/intake/Task/none/$resume")) {
      for (String body : List.of("", "{\"resourceType\":\"Parameters\"}")) {
        assertThat(post(path, body).status()).as(path + body).isEqualTo(404);
      }
      assertThat(doors.get(TOKEN_A, path).status()).as(path).isBetween(400, 405);
    }
    assertThat(post("/intake/$pull", "").status()).isEqualTo(422);
    assertThat(doors.get(TOKEN_A, "/intake/$pull").status()).isBetween(400, 405);
  }

  private Doors.Answer post(String path, String body) {
    return body.isEmpty()
        ? doors.send(doors.request(TOKEN_A, path).POST(BodyPublishers.noBody()))
        : doors.post(TOKEN_A, path, body);
  }

  private static Set<String> searchedBy(CapabilityStatementRestResourceComponent type) {
    return type.getSearchParam().stream()
        .map(CapabilityStatement.CapabilityStatementRestResourceSearchParamComponent::getName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String resource(String type, String id) {
    String identifier = "{\"system\":\"urn:t\",\"value\":\"" + id + "\"}";
    boolean one = type.equals("QuestionnaireResponse");
    boolean hasSubject = !type.equals("Patient") && !type.equals("Organization");
    return "{\"resourceType\":\"%s\",\"id\":\"%s\",\"identifier\":%s%s}"
        .formatted(
            type,
            id,
            one ? identifier : "[" + identifier + "]",
            hasSubject ? ",\"subject\":{\"reference\":\"Patient/p\"}" : "");
  }

  @Test
  void theIntakeDoorDoesNothingElse() {
    for (String path :
        List.of(
            "/intake",
            "/intake/",
            "/intake/_history",
            "/intake?_id=1",
            "/intake/Measure",
            "/intake/Measure/PROVB1-1.0.0",
            "/intake/MeasureReport?subject=x",
            "/intake/MeasureReport/1/$review",
            "/intake/Medication/1",
            "/intake/Patient/1/$everything",
            "/intake/Patient/$match",
            "/intake/Patient/1/Observation",
            "/intake/$meta",
            "/intake/OperationDefinition/report",
            "/intake/Patient?name=x",
            "/intake/Patient?_elements=id",
            "/intake/Patient/1?_summary=true")) {
      Doors.Answer answer = doors.get(TOKEN_A, path);
      assertThat(answer.status()).as(path).isBetween(400, 405);
      assertThat(answer.diagnostics()).as(path).isNotEmpty();
    }
  }

  @Test
  void theReportDoorDoesWhatItSays() {
    SavedReports.in(doors);
    List<CapabilityStatementRestResourceComponent> types =
        statement("fhir").getRestFirstRep().getResource();
    assertThat(types.stream().map(CapabilityStatementRestResourceComponent::getType))
        .containsExactly(
            "MeasureReport",
            "Provenance",
            "Measure",
            "Library",
            "ValueSet",
            "CodeSystem",
            "StructureDefinition",
            "Organization",
            "Task",
            "AuditEvent");
    for (CapabilityStatementRestResourceComponent type : types) {
      String path = "/fhir/" + type.getType();
      for (String name : searchedBy(type)) {
        String value = Set.of("period", "date", "_lastUpdated").contains(name) ? "2024" : "x";
        assertThat(doors.get(AUTHORITY, path + "?" + name + "=" + value).status())
            .as(path + " " + name)
            .isEqualTo(200);
      }
      boolean versioned = type.getType().equals("MeasureReport");
      assertThat(interactions(type).contains(TypeRestfulInteraction.VREAD)).isEqualTo(versioned);
      if (!versioned) {
        assertThat(interactions(type))
            .containsExactlyInAnyOrder(
                TypeRestfulInteraction.READ, TypeRestfulInteraction.SEARCHTYPE);
        assertThat(doors.get(AUTHORITY, path + "/PROVB1-1.0.0/_history").status())
            .isBetween(400, 405);
        assertThat(doors.get(AUTHORITY, path + "/PROVB1-1.0.0/_history/1").status())
            .isBetween(400, 405);
      }
      assertThat(doors.get(AUTHORITY, path + "/_history").status()).isBetween(400, 405);
    }
  }
}
