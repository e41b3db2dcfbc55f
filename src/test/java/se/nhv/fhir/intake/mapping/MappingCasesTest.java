package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.measure.SystemCode;

/** Cases worked out by hand: a resource before and after, in a folder each. */
class MappingCasesTest {

  private static final Path CASES = Path.of("src/test/resources/mapping/cases");

  @TestFactory
  Stream<DynamicTest> aResourceBecomesWhatItsCaseSays() throws IOException {
    try (Stream<Path> cases = Files.list(CASES)) {
      return cases
          .sorted()
          .map(it -> DynamicTest.dynamicTest(String.valueOf(it.getFileName()), () -> check(it)))
          .toList()
          .stream();
    }
  }

  private static void check(Path folder) throws IOException {
    Resource before = HospitalMapping.parse(Files.readString(folder.resolve("before.json")));
    Resource wanted = HospitalMapping.parse(Files.readString(folder.resolve("after.json")));
    String sent = HospitalMapping.text(before);
    MappedResource mapped = HospitalMapping.mapping().map(before);
    assertThat(HospitalMapping.text(mapped.after())).isEqualTo(HospitalMapping.text(wanted));
    assertThat(HospitalMapping.text(before)).as("what was sent stays").isEqualTo(sent);
    assertThat(mapped.failures()).isEmpty();
    assertThat(mapped.differences().isEmpty()).isEqualTo(mapped.after() == before);

    Resource again = HospitalMapping.mapping().apply(mapped.after());
    assertThat(again).as("mapping what is mapped changes nothing").isSameAs(mapped.after());

    List<MappingResource> turned = new ArrayList<>(HospitalMapping.resources());
    Collections.reverse(turned);
    UnitMapping other = UnitMapping.judged(turned, HospitalMapping.CONTRACT);
    assertThat(HospitalMapping.text(other.apply(before))).isEqualTo(HospitalMapping.text(wanted));
  }

  @Test
  void aDifferenceNamesElementAndRule() {
    MappedResource mapped =
        HospitalMapping.mapping()
            .map(
                HospitalMapping.parse(
                    """
                    {"resourceType":"Procedure","id":"1","status":"completed",
                     "code":{"coding":[{"system":"https://sjukhus.example/kodverk/atgard","code":"JLC30"}]},
                     "subject":{"reference":"Patient/p"}}"""));
    assertThat(mapped.differences())
        .extracting(it -> it.element() + " <- " + it.rule())
        .containsExactly(
            "Procedure.code.coding <- ConceptMap/atgarder",
            "Procedure.code.coding <- ConceptMap/atgarder",
            "Procedure.category.coding <- StructureMap/regler#operation.kategori");
  }

  @Test
  void theVersionDependsOnContentAlone() {
    List<MappingResource> turned = new ArrayList<>(HospitalMapping.resources());
    Collections.reverse(turned);
    String version = HospitalMapping.mapping().version();
    assertThat(version).matches("k1r2-[0-9a-f]{12}");
    assertThat(UnitMapping.of(turned).version()).isEqualTo(version);
    turned.remove(0);
    assertThat(UnitMapping.of(turned).version()).isNotEqualTo(version);
    assertThat(UnitMapping.of(List.of()).version()).isEmpty();
  }

  @Test
  void aSourceCanBeAskedForLocalCodesOnlyWhereTheyAreKnownToBeAll() {
    UnitMapping mapping = HospitalMapping.mapping();
    String atgard = "https://w3id.org/nhv/fhir/CodeSystem/atgard";
    assertThat(mapping.sourceCodes("Procedure", atgard, "net-kirurgi"))
        .as("the rule may write it to category, from code")
        .isEmpty();
    assertThat(mapping.mayWrite("Procedure", "category")).isTrue();
    assertThat(mapping.mayWrite("Procedure", "code")).isFalse();
    assertThat(mapping.sourceCodes("Condition", "http://hl7.org/fhir/sid/icd-10-se", "C74.0"))
        .as("any local code may be that code")
        .isEmpty();
    UnitMapping codesOnly =
        UnitMapping.of(
            List.of(
                HospitalMapping.conceptMap(
                    "a",
                    """
                    {"source":"urn:l","target":"urn:m","element":[
                      {"code":"1","target":[{"code":"x","equivalence":"equal"}]},
                      {"code":"2","target":[{"code":"x","equivalence":"wider"}]},
                      {"code":"3","target":[{"code":"y","equivalence":"equal"}]}]},
                    {"source":"urn:m","target":"urn:n","element":[
                      {"code":"x","target":[{"code":"z","equivalence":"equal"}]}]}""")));
    assertThat(codesOnly.sourceCodes("Procedure", "urn:n", "z").orElseThrow())
        .containsExactly(
            new SystemCode("urn:l", "1"),
            new SystemCode("urn:l", "2"),
            new SystemCode("urn:m", "x"));
    assertThat(codesOnly.sourceCodes("Procedure", "urn:n", "none").orElseThrow()).isEmpty();
  }
}
