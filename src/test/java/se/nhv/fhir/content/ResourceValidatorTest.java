package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.OperationOutcomeIssueComponent;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.StructureDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.ProfileFiles;

class ResourceValidatorTest {

  private static final String CODES = "https://w3id.org/nhv/fhir/CodeSystem/";

  private final ResourceValidator validator = ProfileFiles.validator();

  @ParameterizedTest
  @CsvSource({
    "http://hl7.org/fhir/sid/icd-10-se, C74.0",
    "urn:oid:1.2.752.116.1.3.2.1.4, BCA31",
    "http://www.whocc.no/atc, L01XX23",
    "http://snomed.info/sct, 63381000052101",
    "http://loinc.org, 18842-5",
    "urn:oid:1.2.752.129.2.2.1.18, 03"
  })
  void aCodeThatCannotBeCheckedHereGivesAtMostAWarningThatSaysWhy(String system, String code) {
    OperationOutcome outcome = validator.validate(procedure(coding(system, code)));

    assertThat(errors(outcome)).isEmpty();
    assertThat(outcome.getIssue())
        .filteredOn(issue -> issue.getSeverity() == IssueSeverity.WARNING)
        .allSatisfy(issue -> assertThat(issue.getDiagnostics()).contains(system, "unknown"));
  }

  @ParameterizedTest
  @CsvSource({"atgard, net-operation", "atgrd, net-kirurgi"})
  void aMisspeltCodeOrSystemOfOursIsAnError(String system, String code) {
    OperationOutcome outcome = validator.validate(procedure(coding(CODES + system, code)));

    assertThat(errors(outcome))
        .singleElement()
        .satisfies(issue -> assertThat(issue.getDiagnostics()).contains(system, code))
        .satisfies(issue -> assertThat(issue.getExpression()).hasToString("[Procedure.code]"));
  }

  @Test
  void aReferralIsKnownByItsCode() {
    assertThat(diagnostics(serviceRequest(coding(CODES + "begaran", "remiss"))))
        .contains("nhv-remiss-registrerad")
        .doesNotContain("authoredOn");
  }

  @Test
  void aQuestionnaireThatWasSentIsKnownByItsCode() {
    assertThat(diagnostics(serviceRequest(coding(CODES + "begaran", "prem-enkat"))))
        .contains("authoredOn: minimum required")
        .doesNotContain("nhv-remiss-registrerad");
  }

  @Test
  void aRequestUnderThePermitWithoutACodeOfOursIsJudgedAsAReferral() {
    assertThat(diagnostics(serviceRequest("{\"text\":\"remiss\"}"))).contains("nhv-remiss-begaran");
  }

  @Test
  void aRequestForSomethingElseIsLeftToFhirItself() {
    String order =
        """
        {"resourceType":"ServiceRequest","status":"active","intent":"order",
         "code":{"text":"P-Kromogranin A"},"subject":{"reference":"Patient/1"}}""";

    assertThat(errors(validator.validate(order))).isEmpty();
  }

  @Test
  void anEntryOfABundleIsJudgedByItsOwnProfileAndNamedByItsPlace() {
    String bundle =
        """
        {"resourceType":"Bundle","type":"collection","entry":[
          {"fullUrl":"https://ehr.example.org/Patient/1",
           "resource":{"resourceType":"Patient","id":"1","gender":"male","birthDate":"1960-01-01"}},
          {"fullUrl":"https://ehr.example.org/Patient/2",
           "resource":{"resourceType":"Patient","id":"2","gender":"man","birthDate":"1960"}}]}""";

    List<OperationOutcomeIssueComponent> errors = errors(validator.validate(bundle));
    assertThat(errors)
        .extracting(issue -> issue.getExpression().get(0).getValue())
        .containsOnly("Bundle.entry[1].resource.gender", "Bundle.entry[1].resource.birthDate");
    assertThat(errors)
        .extracting(OperationOutcomeIssueComponent::getDiagnostics)
        .doesNotHaveDuplicates()
        .anyMatch(diagnostics -> diagnostics.contains("nhv-patient-fodelsedag"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "<html></html>",
        "{\"resourceType\":5}",
        "{\"resourceType\":\"Patientt\"}",
        "{\"resourceType\":\"Patient\",\"birthDate\":{}}",
        "{\"resourceType\":\"Patient\",\"gender\":\"kvinna\"}"
      })
  void whatIsNotAResourceIsAnswered(String text) {
    assertThat(errors(validator.validate(text))).isNotEmpty();
  }

  @Test
  void aProfileThatDoesNotExistIsRefusedWithThoseThatDo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> validator.validate("{}", "https://w3id.org/nhv/fhir/x"))
        .withMessageContaining("StructureDefinition/remiss");
  }

  @Test
  void aSelectionThatIsNotFhirPathIsRefusedWithTheNameOfItsProfile() {
    List<StructureDefinition> definitions = new ArrayList<>(ProfileFiles.structureDefinitions());
    definitions.stream()
        .filter(definition -> definition.getIdPart().equals("remiss"))
        .map(definition -> definition.getExtension().get(0).getValue())
        .forEach(selection -> selection.setProperty("expression", new StringType("code.where(")));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProfileSelection(ProfileFiles.CONTEXT, definitions))
        .withMessageContaining("StructureDefinition/remiss")
        .withMessageContaining("urval");
  }

  @Test
  void definitionsAreLeftAsTheyWere() {
    List<StructureDefinition> definitions = ProfileFiles.structureDefinitions();
    var support = ConformanceSupport.of(ProfileFiles.CONTEXT, definitions);
    support.fetchStructureDefinition(definitions.get(0).getUrl());

    assertThat(definitions).noneMatch(StructureDefinition::hasSnapshot);
  }

  @Test
  void manyThreadsGetTheSameAnswers() throws Exception {
    String bad = procedure(coding(CODES + "atgard", "net-operation"));
    String good = procedure(coding(CODES + "atgard", "net-kirurgi"));
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 80; i++) {
        String json = i % 2 == 0 ? bad : good;
        answers.add(threads.submit(() -> errors(validator.validate(json)).size()));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo(i % 2 == 0 ? 1 : 0);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aValidatorSaysWhetherItIsWarm() {
    ResourceValidator fresh = ProfileFiles.newValidator();
    assertThat(fresh.isWarm()).isFalse();
    fresh.warm();
    assertThat(fresh.isWarm()).isTrue();
  }

  private static String coding(String system, String code) {
    return "{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}".formatted(system, code);
  }

  private static String procedure(String code) {
    return """
    {"resourceType":"Procedure","status":"completed","code":%s,
     "subject":{"reference":"Patient/1"}}"""
        .formatted(code);
  }

  private static String serviceRequest(String code) {
    return """
    {"resourceType":"ServiceRequest","status":"active","intent":"order","category":[%s],
     "code":%s,"subject":{"reference":"Patient/1"}}"""
        .formatted(coding(CODES + "omrade", "net"), code);
  }

  private String diagnostics(String json) {
    return errors(validator.validate(json)).stream()
        .map(OperationOutcomeIssueComponent::getDiagnostics)
        .toList()
        .toString();
  }

  private static List<OperationOutcomeIssueComponent> errors(OperationOutcome outcome) {
    return outcome.getIssue().stream()
        .filter(
            issue ->
                issue.getSeverity() == IssueSeverity.ERROR
                    || issue.getSeverity() == IssueSeverity.FATAL)
        .toList();
  }
}
