package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static se.nhv.fhir.intake.mapping.HospitalMapping.evaluate;

import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.RefusedResource;

class InvalidMappingTest {

  private static List<Refusal> faults(MappingResource... resources) {
    InvalidMappingException refused =
        catchThrowableOfType(
            InvalidMappingException.class,
            () -> UnitMapping.judged(List.of(resources), HospitalMapping.CONTRACT));
    assertThat(refused).isNotNull();
    return refused.faults().stream().map(RefusedResource::refusal).toList();
  }

  @Test
  void everyFaultOfEveryMapIsToldAtOnceWithItsPlace() {
    List<Refusal> faults =
        faults(
            HospitalMapping.conceptMap(
                "a",
                """
                {"source":"urn:l","target":"https://w3id.org/nhv/fhir/CodeSystem/atgard",
                 "element":[
                  {"code":"1","target":[{"code":"net-kirurgii","equivalence":"equal"}]},
                  {"code":"2","target":[{"code":"net-mdk","equivalence":"narrower"}]},
                  {"code":"3","target":[{"code":"net-mdk","equivalence":"equal",
                    "dependsOn":[{"property":"p","value":"v"}]}]}],
                 "unmapped":{"mode":"other-map","url":"urn:other"}},
                {"target":"https://w3id.org/nhv/fhir/CodeSystem/atgrad"}"""),
            HospitalMapping.rule("Procedure", "matches('x')", "categori", evaluate("foo()")));
    assertThat(faults)
        .extracting(Refusal::element)
        .containsExactly(
            "ConceptMap.group[0].element[0].target[0].code",
            "ConceptMap.group[0].element[1].target[0].equivalence",
            "ConceptMap.group[0].element[2].target[0].dependsOn",
            "ConceptMap.group[0].unmapped.url",
            "ConceptMap.group[0].unmapped.mode",
            "ConceptMap.group[1].source",
            "ConceptMap.group[1].target",
            "StructureMap.group[0].rule[0].source[0].condition",
            "StructureMap.group[0].rule[0].target[0].element");
    assertThat(faults).allSatisfy(it -> assertThat(it.remedy()).isNotBlank());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "code.coding.code.matches('(a+)+$')",
        "code.coding.code.replaceMatches('a', 'b')",
        "code.coding.code.matchesFull('a')",
        "subject.resolve().exists()",
        "code.memberOf('urn:vs')",
        "conformsTo('urn:p')",
        "code.trace('x').exists()",
        "repeat(partOf).exists()",
        "descendants().exists()",
        "now() > @2024-01-01",
        "performed.ofType(dateTime) < today()",
        "text.htmlChecks()",
        "%resource.id.exists()",
        "code.where(coding.where(code.memberOf('x'))).exists()",
        "code.nothing.exists()",
        "status.foo()",
        "code.exists() and",
        "code.coding.where(",
        "'text'"
      })
  void anExpressionThatIsNotSafeOrNotRightIsAFault(String condition) {
    List<Refusal> faults =
        faults(HospitalMapping.rule("Procedure", condition, "status", evaluate("status")));
    assertThat(faults)
        .extracting(Refusal::element)
        .containsExactly("StructureMap.group[0].rule[0].source[0].condition");
  }

  @Test
  void anExpressionThatIsTooLongOrTooDeepIsAFaultAndNoFailure() {
    String deep = "(".repeat(400) + "code" + ")".repeat(400) + ".exists()";
    String brackets = "code.coding" + "[0]" + ".where(".repeat(20) + ")".repeat(20);
    for (String condition : List.of(deep, brackets, "code.exists() or ".repeat(100) + "true")) {
      assertThat(faults(HospitalMapping.rule("Procedure", condition, "status", evaluate("status"))))
          .as(condition)
          .hasSize(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id",
        "meta.tag",
        "contained",
        "text",
        "performed",
        "performed[x]",
        "extension",
        "extension('urn:x')",
        "extension('urn:x').value",
        "identifier.value",
        "category.where(text = 'x')",
        "code + category",
        "nothing",
        "status.exists()"
      })
  void anElementThatCannotBeWrittenIsAFault(String element) {
    assertThat(faults(HospitalMapping.rule("Procedure", "true", element, evaluate("status"))))
        .extracting(Refusal::element)
        .containsExactly("StructureMap.group[0].rule[0].target[0].element");
  }

  @ParameterizedTest
  @CsvSource({
    "performedDateTime, code.exists()",
    "category, status",
    "basedOn, code",
    "performedPeriod, performed.ofType(dateTime)"
  })
  void aValueOfAnotherTypeIsAFaultWhenTheRuleIsRead(String element, String expression) {
    assertThat(faults(HospitalMapping.rule("Procedure", "true", element, evaluate(expression))))
        .extracting(Refusal::problem)
        .containsExactly(
            "the expression does not give "
                + Map.of(
                        "performedDateTime", "dateTime",
                        "category", "CodeableConcept",
                        "basedOn", "Reference",
                        "performedPeriod", "Period")
                    .get(element));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "performedDateTime;\"transform\":\"evaluate\",\"parameter\":[{\"valueString\":\"code.text\"}];performedDateTime\":\"2024-05-01\"",
        "category;\"transform\":\"cc\",\"parameter\":[{\"valueString\":\"urn:s\"},{\"valueString\":\"c\"}];category\":{\"coding\":[{\"code\":\"c\",\"system\":\"urn:s\"}]}",
        "reasonCode;\"transform\":\"c\",\"parameter\":[{\"valueString\":\"urn:s\"},{\"valueString\":\"c\"},{\"valueString\":\"d\"}];reasonCode\":[{\"coding\":[{\"code\":\"c\",\"display\":\"d\",\"system\":\"urn:s\"}]}]",
        "basedOn;\"transform\":\"evaluate\",\"parameter\":[{\"valueString\":\"'ServiceRequest/' + identifier.value\"}];basedOn\":[{\"reference\":\"ServiceRequest/R1\"}]",
        "performedPeriod.start;\"transform\":\"evaluate\",\"parameter\":[{\"valueString\":\"@2024-05-02\"}];performedPeriod\":{\"start\":\"2024-05-02\"}",
        "extension('urn:e').valueCoding;\"transform\":\"c\",\"parameter\":[{\"valueString\":\"urn:s\"},{\"valueString\":\"c\"}];\"extension\":[{\"url\":\"urn:e\",\"valueCoding\":{\"code\":\"c\",\"system\":\"urn:s\"}}]",
        "status;\"transform\":\"evaluate\",\"parameter\":[{\"valueString\":\"'completed'\"}];status\":\"completed\""
      })
  void aRuleWritesInTheTypeOfItsElement(String element, String transform, String written) {
    UnitMapping mapping =
        UnitMapping.judged(
            List.of(HospitalMapping.rule("Procedure", "true", element, transform)),
            HospitalMapping.CONTRACT);
    Resource before =
        HospitalMapping.parse(
            """
            {"resourceType":"Procedure","id":"1","status":"preparation","code":{"text":"2024-05-01"},
             "identifier":[{"value":"R1"}],"subject":{"reference":"Patient/p"}}""");
    Resource after = mapping.apply(before);
    assertThat(HospitalMapping.text(after)).contains(written);
    assertThat(mapping.apply(after)).isSameAs(after);
  }

  @ParameterizedTest
  @CsvSource({
    "performedDateTime, code.text, a value that cannot be written as dateTime",
    "status, code.text, a value that cannot be written as code",
    "performedDateTime, identifier.value, 2 values for an element that stands once",
    "recorder, identifier.value + 'x', "
  })
  void aValueThatDoesNotFitLeavesTheResourceAndIsNamedWithItsRule(
      String element, String expression, String reason) {
    UnitMapping mapping =
        UnitMapping.judged(
            List.of(HospitalMapping.rule("Procedure", "true", element, evaluate(expression))),
            HospitalMapping.CONTRACT);
    Resource before =
        HospitalMapping.parse(
            """
            {"resourceType":"Procedure","id":"1","status":"completed","code":{"text":"in May"},
             "identifier":[{"value":"2024-05-01"},{"value":"2024-05-02"}],
             "subject":{"reference":"Patient/p"}}""");
    MappedResource mapped = mapping.map(before);
    assertThat(mapped.after()).isSameAs(before);
    assertThat(mapped.failures())
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.rule()).isEqualTo("StructureMap/s#g.r");
              assertThat(it.reason()).contains(reason == null ? "does not fit" : reason);
              assertThat(it.reason()).doesNotContain("May").doesNotContain("2024");
            });
  }

  @Test
  void aLoneCodingWithSeveralTargetsStaysAndIsNamed() {
    UnitMapping mapping =
        UnitMapping.of(
            List.of(
                HospitalMapping.conceptMap(
                    "a",
                    """
                    {"source":"urn:l","target":"urn:m","element":[{"code":"1","target":[
                      {"code":"x","equivalence":"equal"},{"code":"y","equivalence":"equal"}]}]}""")));
    Resource before =
        HospitalMapping.parse(
            """
            {"resourceType":"Encounter","id":"1","status":"finished",
             "class":{"system":"urn:l","code":"1"},"subject":{"reference":"Patient/p"}}""");
    MappedResource mapped = mapping.map(before);
    assertThat(mapped.after()).isSameAs(before);
    assertThat(mapped.failures()).hasSize(1);
  }
}
