package se.nhv.fhir.run;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.quality.DataRule;
import se.nhv.fhir.intake.quality.DataRules;
import se.nhv.fhir.intake.quality.Fact;
import se.nhv.fhir.intake.quality.KeptFact;
import se.nhv.fhir.measure.MeasureReference;

/**
 * Data errors as a table, a line each, for people in care: with semicolons and a byte order mark,
 * because that is what a Swedish Excel opens as a table with å, ä and ö; programs read the
 * DetectedIssues instead. Else as RFC 4180. A cell that a spreadsheet would take for a formula gets
 * an apostrophe before it. Immutable.
 */
public final class FactCsv {

  /** Its media type. */
  public static final String MEDIA_TYPE = "text/csv";

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final String FORMULA = "=+-@\t\r";

  private final DataRules rules;

  /** In the words of that content. */
  public FactCsv(Content content) {
    this.rules = DataRules.of(content);
  }

  /**
   * Writes all facts, with a heading.
   *
   * @throws UncheckedIOException if the writer fails
   */
  public void write(List<KeptFact> facts, boolean inEnglish, Writer out) {
    try {
      out.write(BYTE_ORDER_MARK);
      CsvWriter csv =
          CsvWriter.builder().fieldSeparator(';').lineDelimiter(LineDelimiter.CRLF).build(out);
      csv.writeRecord(
          inEnglish
              ? List.of(
                  "measures", "rule", "severity", "resource", "element", "since", "text", "remedy")
              : List.of("mått", "regel", "allvar", "resurs", "element", "sedan", "text", "åtgärd"));
      for (KeptFact kept : facts) {
        csv.writeRecord(cells(kept, inEnglish));
      }
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the CSV cannot be written", e);
    }
  }

  private List<String> cells(KeptFact kept, boolean inEnglish) {
    Fact fact = kept.fact();
    DataRule rule = rules.of(fact.rule());
    DataRule.Words words = rule.words(inEnglish);
    String measures =
        fact.measures().stream().map(MeasureReference::id).collect(Collectors.joining(" "));
    return Stream.of(
            measures,
            rule.code(),
            rule.severity().code(),
            fact.resource(),
            fact.element(),
            kept.since().toString(),
            words.display() + ". " + words.definition(),
            words.remedy())
        .map(FactCsv::harmless)
        .toList();
  }

  private static String harmless(String cell) {
    return !cell.isEmpty() && FORMULA.indexOf(cell.charAt(0)) >= 0 ? "'" + cell : cell;
  }
}
