package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;

/**
 * The Measures are the rows of the documents, all and no other, with the fields that those have.
 */
class CatalogueTest {

  private static final List<DocumentRow> ROWS = DocumentRow.all();
  private static final Map<String, MeasureDefinition> MEASURES =
      Content.load(ContentFiles.in(Path.of(""))).measures().stream()
          .collect(Collectors.toMap(m -> m.reference().id(), m -> m));

  /** The extensions that carry a field of the document's table, by their columns. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("Mätenhet", "matenhet"),
          Map.entry("Riktning", "riktning"),
          Map.entry("Datakälla", "datakalla"),
          Map.entry("Felkällor", "felkallor"),
          Map.entry("Teknisk beskrivning", "teknisk-beskrivning"),
          Map.entry("Täljare", "taljare"),
          Map.entry("Nämnare", "namnare"),
          Map.entry("Redovisningsnivåer", "redovisningsnivaer"),
          Map.entry("Kommentar", "kommentar"),
          Map.entry("Inrapportering", "inrapportering"));

  private static final Map<String, String> STARRED =
      Map.of(
          "Mått", "matt",
          "Syfte", "syfte",
          "Riktning", "riktning",
          "Datakälla", "datakalla",
          "Felkällor", "felkallor",
          "Teknisk beskrivning", "teknisk-beskrivning");

  @Test
  void theTranscriptHasEveryRowOfTheFiveTablesOfContents() {
    Map<String, Long> rows =
        ROWS.stream()
            .collect(
                Collectors.groupingBy(DocumentRow::document, TreeMap::new, Collectors.counting()));
    assertThat(rows)
        .isEqualTo(
            Map.of(
                "net 1.0.0",
                8L,
                "net 2.0.0",
                7L,
                "abk 1.0.0",
                9L,
                "sct 1.0.0",
                10L,
                "bbc 0.1.0",
                12L));
  }

  @Test
  void theMeasuresAreTheRowsOfTheDocumentsAndNoOther() {
    assertThat(MEASURES.keySet())
        .containsExactlyInAnyOrderElementsOf(ROWS.stream().map(DocumentRow::measureId).toList());
  }

  @TestFactory
  Stream<DynamicTest> theMeasureIsNamedAsInTheTableOfContents() {
    return forEachRow(
        (row, measure) -> {
          assertThat(measure.getName()).isEqualTo(row.cell("Measure"));
          assertThat(measure.getVersion()).isEqualTo(row.version());
          assertThat(measure.getTitle()).isEqualTo(row.cell("Namn"));
          assertThat(measure.getIdentifier())
              .singleElement()
              .satisfies(
                  identifier -> {
                    assertThat(identifier.getSystem())
                        .isEqualTo(Canonicals.identifier("uppfoljningsmatt"));
                    assertThat(identifier.getValue()).isEqualTo(row.cell("ID"));
                  });
          assertThat(measure.getTopicFirstRep().getCodingFirstRep().getCode())
              .isEqualTo(row.area());
        });
  }

  @TestFactory
  Stream<DynamicTest> itsTypeAndCategoryAreThoseOfTheDocument() {
    return forEachRow(
        (row, measure) -> {
          assertThat(texts(measure, "kategori")).containsExactly(row.plain("Kategori"));
          assertThat(texts(measure, "mattyp"))
              .isEqualTo(row.hasText("Typ") ? List.of(row.cell("Typ")) : List.of());
          if (!row.isPrinted("Kategori")) {
            assertThat(row.cell("Förteckning")).endsWith(row.plain("Kategori"));
          }
        });
  }

  @TestFactory
  Stream<DynamicTest> itHasTheFieldsOfTheDocumentAndNoOther() {
    return forEachRow(
        (row, measure) -> {
          assertThat(measure.hasDescription()).as("Mått").isEqualTo(row.hasText("Mått"));
          assertThat(measure.hasPurpose()).as("Syfte").isEqualTo(row.hasText("Syfte"));
          if (row.isQuoted("Mått")) {
            assertThat(measure.getDescription()).isEqualTo(row.plain("Mått"));
          }
          FIELDS.forEach(
              (column, field) ->
                  assertThat(texts(measure, field))
                      .as(column)
                      .hasSize(row.isPrinted(column) ? 1 : 0)
                      .allSatisfy(text -> assertThat(text).isNotBlank()));
        });
  }

  @TestFactory
  Stream<DynamicTest> aFieldIsStarredIfAndOnlyIfTheDocumentStarsIt() {
    return forEachRow(
        (row, measure) ->
            assertThat(texts(measure, "stjarnmarkt"))
                .containsExactlyInAnyOrderElementsOf(
                    row.cells().keySet().stream()
                        .filter(row::isStarred)
                        .map(column -> STARRED.getOrDefault(column, "not to be starred: " + column))
                        .toList()));
  }

  @TestFactory
  Stream<DynamicTest> itsDirectionIsThatOfTheDocumentOrAReadingThatIsMarkedHere() {
    return forEachRow(
        (row, measure) ->
            assertThat(
                    measure.hasImprovementNotation()
                        ? measure.getImprovementNotation().getCodingFirstRep().getCode()
                        : "-")
                .isEqualTo(row.plain("Riktning")));
  }

  private interface RowAssertion {
    void check(DocumentRow row, Measure measure);
  }

  private static Stream<DynamicTest> forEachRow(RowAssertion assertion) {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.measureId(),
                    () -> {
                      MeasureDefinition measure = MEASURES.get(row.measureId());
                      if (measure == null) {
                        throw new AssertionError("no Measure for this row of the document");
                      }
                      assertion.check(row, measure.resource());
                    }));
  }

  private static List<String> texts(Measure measure, String field) {
    return measure.getExtensionsByUrl(Canonicals.structureDefinition(field)).stream()
        .map(Extension::getValue)
        .map(value -> value.primitiveValue())
        .toList();
  }
}
