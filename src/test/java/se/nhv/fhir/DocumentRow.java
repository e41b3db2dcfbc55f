package se.nhv.fhir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An indicator as its document lists and describes it, transcribed by hand in {@code
 * catalogue/documents.md}.
 *
 * @param area the code of the licensed area
 * @param version the version of the Measures that implement the document
 * @param cells what stands in the row, by the heading of the column
 */
record DocumentRow(String area, String version, Map<String, String> cells) {

  private static final Path SOURCE = Path.of("src/test/resources/catalogue/documents.md");
  private static final String NO_TEXT = "-";
  private static final String STAR = "*";

  static List<DocumentRow> all() {
    try {
      return read(Files.readAllLines(SOURCE));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<DocumentRow> read(List<String> lines) {
    List<DocumentRow> rows = new ArrayList<>();
    String[] document = {};
    List<String> headings = List.of();
    for (String line : lines) {
      if (line.startsWith("## ")) {
        document = line.substring(3).split(" ", -1);
        headings = List.of();
      } else if (line.startsWith("|") && headings.isEmpty()) {
        headings = cells(line);
      } else if (line.startsWith("|") && !line.startsWith("|---")) {
        Map<String, String> cells = new LinkedHashMap<>();
        List<String> values = cells(line);
        for (int i = 0; i < headings.size(); i++) {
          cells.put(headings.get(i), values.get(i));
        }
        rows.add(new DocumentRow(document[0], document[1], cells));
      }
    }
    return rows;
  }

  private static List<String> cells(String line) {
    return Arrays.stream(line.substring(1, line.lastIndexOf('|')).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  String document() {
    return area + " " + version;
  }

  String measureId() {
    return cell("Measure") + "-" + version;
  }

  /** What stands in the column, as it is written. */
  String cell(String column) {
    String cell = cells.get(column);
    if (cell == null) {
      throw new IllegalArgumentException(SOURCE + ": no column '" + column + "' in " + document());
    }
    return cell;
  }

  /** What stands in the column without the marks for a star, a quotation and our own reading. */
  String plain(String column) {
    return cell(column).replace(STAR, "").replaceAll("^[(\"](.*)[)\"]$", "$1");
  }

  boolean hasText(String column) {
    return !plain(column).equals(NO_TEXT);
  }

  /** Whether the document itself says it, rather than its table of contents or our reading. */
  boolean isPrinted(String column) {
    return hasText(column) && !cell(column).startsWith("(");
  }

  boolean isQuoted(String column) {
    return cell(column).startsWith("\"");
  }

  boolean isStarred(String column) {
    return cell(column).endsWith(STAR);
  }

  @Override
  public String toString() {
    return measureId();
  }
}
