package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.run.CaseCoverage;

/** What every Measure and every case must have, whoever writes the next one. */
class ArtifactsTest {

  private static final Content CONTENT = Content.load(ContentFiles.in(Path.of("")));
  private static final List<MeasureCase> CASES = CONTENT.cases();
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TEST_CASE =
      "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-isTestCase";
  private static final String TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation";

  @TestFactory
  Stream<DynamicTest> itIsInSwedishAndSaysWhereItComesFromAndHowItWasRead() {
    return forEachMeasure(
        measure -> {
          assertThat(measure.getLanguage()).isEqualTo("sv");
          assertThat(measure.getTitle()).as("title").isNotBlank();
          assertThat(measure.getRationale()).as("rationale").isNotBlank();
          assertThat(measure.getGuidance()).as("guidance").isNotBlank();
          assertThat(measure.getRelatedArtifact()).as("relatedArtifact").isNotEmpty();
        });
  }

  @TestFactory
  Stream<DynamicTest> noFieldIsEmptyText() {
    return forEachMeasure(
        measure ->
            assertThat(measure.getExtension().stream().filter(e -> e.getValue() != null))
                .allSatisfy(e -> assertThat(text(e)).as(e.getUrl()).isNotBlank()));
  }

  @TestFactory
  Stream<DynamicTest> theTitleHasAnEnglishTranslation() {
    return forEachMeasure(
        measure -> {
          Extension english = measure.getTitleElement().getExtensionByUrl(TRANSLATION);
          assertThat(english.getExtensionString("lang")).isEqualTo("en");
          assertThat(english.getExtensionString("content")).isNotBlank();
        });
  }

  @TestFactory
  Stream<DynamicTest> everyGroupAndEveryReasonSaysInSwedishAndEnglishWhatIsCounted() {
    return forEachMeasure(
        measure ->
            assertThat(measure.getGroup())
                .allSatisfy(
                    group -> {
                      assertTold(group.getDescriptionElement());
                      MeasureElements.bortfall(group)
                          .forEach(
                              b ->
                                  assertTold(
                                      ((Expression) b.getExtensionByUrl("criteria").getValue())
                                          .getDescriptionElement()));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aMeasureWithoutGroupsSaysWhy() {
    return forEachMeasure(
        measure ->
            assertThat(MeasureElements.whyNotComputable(measure).isEmpty())
                .as("no extension utan-innehall")
                .isEqualTo(measure.hasGroup()));
  }

  @TestFactory
  Stream<DynamicTest> everyCodeThatAReportWillCarryIsDefinedHere() {
    return forEachMeasure(
        measure ->
            assertThat(measure.getGroup())
                .allSatisfy(
                    group -> {
                      assertThat(codes("grupp")).contains(MeasureElements.code(group));
                      assertThat(codes("bortfall")).containsAll(CaseCoverage.reasons(group));
                      assertThat(codes("stratifiering"))
                          .containsAll(CaseCoverage.stratifiers(group));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> everyPopulationReasonAndStratifierHasCases() {
    return CONTENT.measures().stream()
        .map(
            m ->
                DynamicTest.dynamicTest(
                    m.reference().id(),
                    () ->
                        assertThat(new CaseCoverage(m.resource(), casesOf(m)).gaps())
                            .as("what no case of %s shows", m.reference())
                            .isEmpty()));
  }

  @TestFactory
  Stream<DynamicTest> theCaseIsNamedAsItsPatientAndSaysWhyItsFiguresAreRight() {
    return CASES.stream().map(c -> DynamicTest.dynamicTest(c.toString(), () -> assertTold(c)));
  }

  @Test
  void theResourcesOfACaseAreWhatTheirFilesAreNamedAfter() {
    assertThat(CASES)
        .isNotEmpty()
        .allSatisfy(
            c ->
                assertThat(c.resources())
                    .as("%s", c)
                    .isNotEmpty()
                    .allSatisfy(ArtifactsTest::assertNamed));
  }

  private static void assertTold(StringType text) {
    assertThat(text.getValue()).as("in Swedish").isNotBlank();
    assertThat(text.getExtensionByUrl(TRANSLATION)).as("in English").isNotNull();
    assertThat(text.getExtensionByUrl(TRANSLATION).getExtensionString("content")).isNotBlank();
  }

  private static void assertTold(MeasureCase measureCase) {
    String name = measureCase.name();
    assertThat(name).matches("[a-z0-9.-]{1,64}").doesNotMatch("[0-9a-f]{8}-[0-9a-f-]{27}");
    assertThat(measureCase.resources().stream().filter(r -> r.type().equals("Patient")))
        .as("its Patient is %s, or its Patients are %s-1, %s-2 …", name, name, name)
        .isNotEmpty()
        .allSatisfy(p -> assertThat(p.id()).matches(id -> id.equals(name) || isNumbered(id, name)));
    assertThat(measureCase.description()).as("one sentence that says why").isNotBlank();
    Extension marked = measureCase.expected().getExtensionByUrl(TEST_CASE);
    assertThat(marked.getValue()).isInstanceOfSatisfying(BooleanType.class, b -> b.booleanValue());
  }

  private static boolean isNumbered(String id, String name) {
    return id.startsWith(name + "-") && id.substring(name.length() + 1).matches("[0-9]+");
  }

  private static void assertNamed(RawResource resource) throws IOException {
    JsonNode json = JSON.readTree(resource.json());
    assertThat(json.path("resourceType").asText()).isEqualTo(resource.type());
    assertThat(json.path("id").asText()).isEqualTo(resource.id());
  }

  private interface MeasureAssertion {
    void check(Measure measure);
  }

  private static Stream<DynamicTest> forEachMeasure(MeasureAssertion assertion) {
    return CONTENT.measures().stream()
        .map(m -> DynamicTest.dynamicTest(m.reference().id(), () -> assertion.check(m.resource())));
  }

  private static List<MeasureCase> casesOf(MeasureDefinition measure) {
    String id = measure.reference().id();
    return CASES.stream().filter(c -> c.measureId().equals(id)).toList();
  }

  private static String text(Extension extension) {
    return extension.getValue() == null ? "" : extension.getValue().primitiveValue();
  }

  private static List<String> codes(String system) {
    return CONTENT.resources(CodeSystem.class).stream()
        .filter(s -> s.getUrl().equals(Canonicals.codeSystem(system)))
        .flatMap(s -> s.getConcept().stream())
        .map(CodeSystem.ConceptDefinitionComponent::getCode)
        .toList();
  }
}
