package se.nhv.fhir.publication;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import se.nhv.fhir.publication.PublishedDataSet.Row;

/**
 * The published data set as files: one line a cell under the same Swedish headings. The column
 * {@code läge} tells the states apart: värde, noll, dold, ej rapporterad, inga data.
 */
public final class PublishedFiles {

  /** The headings, in order. */
  public static final List<String> HEADINGS =
      List.of(
          "enhet",
          "mått",
          "version",
          "period från",
          "period till",
          "grupp",
          "indelning",
          "delgrupp",
          "statistik",
          "värde",
          "måttenhet",
          "läge");

  private static final String SHEET = "Publicerade värden";
  private static final String ABOUT = "Om";
  private static final int VALUE = HEADINGS.indexOf("värde");

  /** Digits are grouped and decimals marked as in Swedish (LCID 041D), wherever it is opened. */
  private static final String COUNT_FORMAT = "[$-41D]#,##0";

  private static final String FIGURE_FORMAT = "[$-41D]#,##0.0##########";

  private PublishedFiles() {}

  /**
   * The CSV file: UTF-8 with a byte order mark, semicolons, decimal commas, CRLF, so that a Swedish
   * spreadsheet program opens it as it is.
   */
  public static byte[] csv(PublishedDataSet published) {
    StringWriter text = new StringWriter();
    text.write('\ufeff');
    CsvWriter csv =
        CsvWriter.builder().fieldSeparator(';').lineDelimiter(LineDelimiter.CRLF).build(text);
    csv.writeRecord(HEADINGS);
    for (Row row : published.rows()) {
      csv.writeRecord(cells(row));
    }
    flush(csv);
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void flush(CsvWriter csv) {
    try {
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory could not be written", e);
    }
  }

  /**
   * Writes the workbook (Office Open XML): figures as numbers in Swedish format, and a sheet that
   * says which release and policy it is. The stream is left open.
   *
   * @throws IOException if the stream cannot be written
   */
  public static void xlsx(PublishedDataSet published, OutputStream out) throws IOException {
    try (Workbook workbook = new Workbook(out, "nhv", "1.0")) {
      Worksheet sheet = workbook.newWorksheet(SHEET);
      for (int column = 0; column < HEADINGS.size(); column++) {
        sheet.value(0, column, HEADINGS.get(column));
        sheet.style(0, column).bold().set();
      }
      sheet.freezePane(0, 1);
      for (int i = 0; i < published.rows().size(); i++) {
        write(sheet, i + 1, published.rows().get(i));
      }
      Worksheet about = workbook.newWorksheet(ABOUT);
      List<String> lines =
          List.of(
              "publicering", Integer.toString(published.number()),
              "datum", published.date().toString(),
              "röjandepolicy", published.policyVersion());
      for (int i = 0; i < lines.size(); i++) {
        about.value(i / 2, i % 2, lines.get(i));
      }
    }
  }

  private static void write(Worksheet sheet, int line, Row row) {
    List<String> cells = cells(row);
    for (int column = 0; column < cells.size(); column++) {
      if (column != VALUE) {
        sheet.value(line, column, cells.get(column));
      } else if (row.value() != null) {
        sheet.value(line, column, row.value());
        sheet.style(line, column).format(row.cell().isCount() ? COUNT_FORMAT : FIGURE_FORMAT).set();
      }
    }
  }

  private static List<String> cells(Row row) {
    CellKey cell = row.cell();
    ReportKey report = cell.report();
    BigDecimal value = row.value();
    return List.of(
        report.reporter(),
        report.measure().name(),
        report.measure().version(),
        report.period().start().toString(),
        report.period().end().toString(),
        cell.group(),
        cell.stratifier(),
        cell.stratum(),
        cell.statistic(),
        value == null ? "" : value.toPlainString().replace('.', ','),
        row.unit(),
        row.state().text());
  }
}
