package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowingConsumer;
import org.assertj.core.groups.Tuple;
import org.hl7.fhir.r4.model.Library;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentTest {

  private static final String MEASURES = "measures-fhir/input/resources/measure/net/";
  private static final String CQL = "measures-fhir/input/cql/";
  private static final String VALUE_SETS = "measures-fhir/input/vocabulary/valueset/";
  private static final String CASES = CaseReader.FOLDER + "NETB1-2.0.0/";

  private CopiedContent content;

  @BeforeEach
  void copyContent(@TempDir Path folder) throws IOException {
    content = CopiedContent.in(folder);
  }

  @Test
  void theContentInThisCheckoutIsWithoutFault() {
    Content packed = Content.packed();
    assertThat(packed.measures()).isNotEmpty();
    assertThat(packed.resources(Library.class)).isNotEmpty();
  }

  @Test
  void aFolderGivesTheSameMeasuresAsThePackedFiles() {
    assertThat(content.load().measures())
        .extracting(MeasureDefinition::reference, MeasureDefinition::contentHash)
        .isEqualTo(
            Content.packed().measures().stream()
                .map(m -> List.of(m.reference(), m.contentHash()))
                .map(l -> Tuple.tuple(l.toArray()))
                .toList());
  }

  @Test
  void aFolderWithoutContentSaysWhatIsExpectedThere() {
    Path nowhere = content.folder().resolve("nowhere");
    assertThatThrownBy(() -> ContentFiles.in(nowhere))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContainingAll("nowhere", "measures-fhir/", "profiles/");
  }

  @Test
  void everyFaultIsListedAtOnceWithFileAndPlace() throws IOException {
    breakMeasures();
    breakCql();
    breakVocabulary();
    assertThat(content.faults())
        .extracting(ContentFault::toString)
        .satisfiesExactlyInAnyOrder(
            fault(MEASURES + "NETB1-2.0.0.json (Measure.group[0].population", "'B1 Nobody'"),
            fault(MEASURES + "NETB2.json (file name)", "expected 'NETB2-2.0.0.json'"),
            fault(MEASURES + "NETB3-2.0.0.json (Measure.scoring)", "must be one of"),
            fault(MEASURES + "NETO1-2.0.0.json", "JSON"),
            fault(
                MEASURES + "copy/NETP1-2.0.0.json (url)",
                "is also in " + MEASURES + "NETP1-2.0.0.json"),
            fault(CQL + "net/Broken-1.0.0.cql (line 5, column", "Syntax error"),
            fault(CQL + "net/Headless-1.0.0.cql", "library"),
            fault(CQL + "net/Renamed-1.0.0.cql", "Other"),
            fault(CQL + "net/Unnamed.cql", "<library>-<version>.cql"),
            fault(CQL + "net/Unpinned-1.0.0.cql (line 4", "An include pins a version"),
            fault(CQL + "net/Unpinned-1.0.0.cql (line 3", "An include pins a version"),
            fault(CQL + "net/NET-1.0.0.cql", "ValueSet/net-kirurgi"),
            fault(CQL + "net/NET-2.0.0.cql", "ValueSet/net-kirurgi"),
            fault(VALUE_SETS + "shared/ValueSet-lan.json (ValueSet.expansion)", "compose"));
  }

  @Test
  void everyFaultInTheCasesIsListedAtOnceWithFileAndPlace() throws IOException {
    String expected = CASES + "flera-patienter/MeasureReport-expected.json";
    content.remove(CASES + "flera-kategorier/MeasureReport-expected.json");
    content.replace(expected, "NETB1|", "NETB2|");
    content.replace(expected, "\"start\": \"2024-01-01\",", "");
    content.write(CASES + "halv/MeasureReport-expected.json", "{");
    content.write(CaseReader.FOLDER + "NETX9-2.0.0/nothing/Patient-nothing.json", "{}");
    assertThat(content.caseFaults())
        .extracting(ContentFault::toString)
        .satisfiesExactlyInAnyOrder(
            fault(CASES + "flera-kategorier", "has no MeasureReport-expected.json"),
            fault(expected + " (measure)", "folder"),
            fault(expected + " (period and date)", "missing"),
            fault(CASES + "halv/MeasureReport-expected.json", "JSON"),
            fault(CaseReader.FOLDER + "NETX9-2.0.0/nothing", "<measure id>/<case>"));
  }

  private void breakMeasures() throws IOException {
    content.replace(MEASURES + "NETB1-2.0.0.json", "B1 Initial Population", "B1 Nobody");
    content.move(MEASURES + "NETB2-2.0.0.json", MEASURES + "NETB2.json");
    content.replace(MEASURES + "NETB3-2.0.0.json", "\"code\": \"cohort\"", "\"code\": \"B3\"");
    content.replace(MEASURES + "NETO1-2.0.0.json", "{", "");
    content.copy(MEASURES + "NETP1-2.0.0.json", MEASURES + "copy/NETP1-2.0.0.json");
  }

  private void breakCql() throws IOException {
    content.write(
        CQL + "net/Broken-1.0.0.cql",
        "library Broken version '1.0.0'\nusing FHIR version '4.0.1'\ncontext Patient\ndefine \"A\": (1 +\n");
    content.write(
        CQL + "net/Headless-1.0.0.cql",
        "using FHIR version '4.0.1'\ncontext Patient\ndefine \"A\": 1\n");
    content.write(
        CQL + "net/Renamed-1.0.0.cql",
        "library Other version '1.0.0'\nusing FHIR version '4.0.1'\ncontext Patient\ndefine \"A\": 1\n");
    content.write(CQL + "net/Unnamed.cql", "library Unnamed version '1.0.0'\n");
    content.write(
        CQL + "net/Unpinned-1.0.0.cql",
        """
        library Unpinned version '1.0.0'
        using FHIR version '4.0.1'
        include FHIRHelpers
        include NHVCommon
        context Patient
        define "A": 1
        """);
  }

  private void breakVocabulary() throws IOException {
    content.remove(VALUE_SETS + "net/ValueSet-net-kirurgi.json");
    content.replace(
        VALUE_SETS + "shared/ValueSet-lan.json", "\"code\": \"01\"", "\"code\": \"99\"");
  }

  private static ThrowingConsumer<String> fault(String start, String problem) {
    return fault -> assertThat(fault).startsWith(start).contains(problem);
  }

  @Test
  void aSyntaxErrorInALibraryIsToldWithLineAndColumnAndEachMeasureThatNeedsIt() throws IOException {
    content.replace(CQL + "net/NET-2.0.0.cql", "define \"", "defin \"");
    List<ContentFault> faults = content.faults();
    assertThat(faults)
        .anySatisfy(
            f -> {
              assertThat(f.file()).isEqualTo(CQL + "net/NET-2.0.0.cql");
              assertThat(f.place()).matches("line \\d+, column \\d+");
            });
    assertThat(faults.stream().filter(f -> f.place().equals("Measure.library"))).hasSize(7);
  }

  @Test
  void aMeasureThatLacksWhatItIsFoundByOrOwedByIsAFault() throws IOException {
    content.replace(MEASURES + "NETB1-2.0.0.json", "Library/NET|2.0.0", "Library/XYZ|1.0.0");
    content.replace(
        MEASURES + "NETB2-2.0.0.json", "\"url\": \"forsta-period\"", "\"url\": \"period\"");
    content.replace(MEASURES + "NETB3-2.0.0.json", "\"code\": \"net\"", "\"code\": \"NET 1\"");
    content.replace(
        MEASURES + "NETP1-2.0.0.json", "\"url\": \"criteria\"", "\"url\": \"criterion\"");
    content.replace(
        MEASURES + "NETT1-2.0.0.json", "\"url\": \"https://w3id.org/nhv/fhir/Measure/NETT1\",", "");
    content.replace(VALUE_SETS + "shared/ValueSet-lan.json", "\"version\": \"1.0.0\",", "");
    assertThat(content.faults())
        .extracting(ContentFault::toString)
        .contains(
            MEASURES
                + "NETB1-2.0.0.json (Measure.library): names no library that could be"
                + " translated: 'https://w3id.org/nhv/fhir/Library/XYZ|1.0.0'",
            MEASURES
                + "NETB2-2.0.0.json (extension rapporteringsplan): needs lag,"
                + " and both or none of forsta-rapportar and forsta-period",
            MEASURES
                + "NETP1-2.0.0.json (Measure.group[0] bortfallskriterium): needs a reason and"
                + " a criteria",
            MEASURES + "NETT1-2.0.0.json: needs url and version",
            VALUE_SETS + "shared/ValueSet-lan.json: needs url and version")
        .anySatisfy(f -> assertThat(f).startsWith(MEASURES + "NETB3-2.0.0.json (Measure.topic)"));
  }

  @Test
  void aStratifierThatNamesNoFunctionOfTheItemIsAFault() throws IOException {
    content.replace(
        MEASURES + "NETB1-2.0.0.json",
        "\"expression\": \"B1 Stratifier kon\"",
        "\"expression\": \"kon\"");
    assertThat(content.faults())
        .singleElement()
        .extracting(ContentFault::toString)
        .satisfies(fault(MEASURES + "NETB1-2.0.0.json (Measure.group[0].stratifier", "'kon'"));
  }
}
