package se.nhv.fhir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.CodeSystem.ConceptDefinitionComponent;
import org.hl7.fhir.r4.model.Measure;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.ContentFiles;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;

/**
 * Writes the readable catalogue of all indicators, {@code measures-fhir/README.md}, from the
 * Measures; the order is that of the documents.
 */
public final class CataloguePage {

  static final Path FILE = Path.of("measures-fhir/README.md");
  static final String COMMAND =
      "mvn -q test-compile exec:java -Dexec.mainClass=" + CataloguePage.class.getName();

  private static final String START =
      """
      # Indicators

      Every follow-up measure (*uppföljningsmått*) that this adapter computes, as its Measure has it: what is counted, in Swedish and
      English, what is reported as not counted, when it is owed, and each reading (*läsning*) of a place where the document is
      silent or contradicts itself. This page is written from the Measures, never by hand, with
      `%s`.

      How to read it:

      - A figure is for one unit and one *mätperiod* (measurement period), whole days with both ends included, as of one day, the
        *avläsningsdag* (as-of day): what is dated later does not exist for it.
      - *Inom tillståndet* (under the permit): the unit says so itself with a code, since no diagnosis or procedure code does.
      - A count (`cohort`) is the initial population. A share (`proportion`) is *täljare* (numerator) divided by *nämnare* (denominator) after
        the taken out (*räknas bort*) are subtracted; the report still shows how many they are. Values (`continuous-variable`) are
        reported as N, mean, standard deviation, 10th percentile, median and 90th percentile.
      - Who is taken out because the follow-up has not yet ended is not in the numerator either, whatever is known already.
      - *Bortfall* is what was not counted or could not be judged, by reason; a report leaves out what is zero.
      - A name in double quotes is a define of the CQL library: `"B1 Initial Population"`.

      """;

  private final Content content;

  CataloguePage(Content content) {
    this.content = content;
  }

  /** Writes the page of the content in the working directory. */
  public static void main(String[] args) throws IOException {
    Content content = Content.load(ContentFiles.in(Path.of("")));
    Files.writeString(FILE, new CataloguePage(content).text());
  }

  /** The whole page in Markdown. */
  String text() {
    Map<String, List<DocumentRow>> documents =
        DocumentRow.all().stream()
            .collect(
                Collectors.groupingBy(
                    DocumentRow::document, LinkedHashMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(START.formatted(COMMAND));
    page.append("| | area | indicators |\n|---|---|---|\n");
    documents.values().forEach(rows -> page.append(overview(rows)));
    documents.values().forEach(rows -> page.append(document(rows)));
    return page.toString();
  }

  private String overview(List<DocumentRow> rows) {
    DocumentRow row = rows.get(0);
    String links =
        rows.stream()
            .map(r -> "[" + r.cell("ID") + "](#" + CatalogueEntry.anchor(r.measureId()) + ")")
            .collect(Collectors.joining(" · "));
    return "| [%s](#%s) | %s<br>*%s* | %s |\n"
        .formatted(
            name(row),
            anchor(row),
            area(row.area()).getDisplay(),
            area(row.area()).getDesignationFirstRep().getValue(),
            links);
  }

  private String document(List<DocumentRow> rows) {
    DocumentRow first = rows.get(0);
    List<MeasureDefinition> measures = rows.stream().map(this::measure).toList();
    SharedReadings shared = SharedReadings.of(anchor(first), measures);
    ConceptDefinitionComponent area = area(first.area());
    Measure measure = measures.get(0).resource();
    StringBuilder text = new StringBuilder();
    text.append("\n<a id=\"%s\"></a>\n\n".formatted(anchor(first)));
    text.append("## %s: %s\n\n".formatted(name(first), area.getDisplay()));
    text.append("*%s*\n\n".formatted(area.getDesignationFirstRep().getValue()));
    text.append("%s\n\n".formatted(measure.getRelatedArtifactFirstRep().getCitation()));
    text.append("| id | name | in English | counts | direction |\n|---|---|---|---|---|\n");
    List<CatalogueEntry> entries = new ArrayList<>();
    measures.forEach(m -> entries.add(new CatalogueEntry(content, m, shared)));
    entries.forEach(entry -> text.append(entry.row()));
    entries.forEach(entry -> text.append(entry.text()));
    return text.append(shared.text()).toString();
  }

  private MeasureDefinition measure(DocumentRow row) {
    return content
        .measure(new MeasureReference(row.cell("Measure"), row.version()))
        .orElseThrow(() -> new IllegalStateException("no Measure " + row.measureId()));
  }

  private ConceptDefinitionComponent area(String code) {
    return concept(content, "omrade", code);
  }

  /** The concept with that code; its first designation is the English one. */
  static ConceptDefinitionComponent concept(Content content, String system, String code) {
    return content.resources(CodeSystem.class).stream()
        .filter(s -> s.getUrl().equals(Canonicals.codeSystem(system)))
        .flatMap(s -> s.getConcept().stream())
        .filter(c -> c.getCode().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + code + " in " + system));
  }

  private static String name(DocumentRow row) {
    return row.area().toUpperCase(Locale.ROOT) + " " + row.version();
  }

  private static String anchor(DocumentRow row) {
    return row.area() + "-" + row.version();
  }
}
