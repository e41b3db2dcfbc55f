package se.nhv.fhir.cli;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.obligation.Permit;

/** Permits in a CSV file (RFC 4180) with the heading {@code unit,area,from,to}. */
final class PermitFile {

  private static final List<String> NEEDED = List.of("unit", "area", "from");
  private static final String TO = "to";

  private PermitFile() {}

  /**
   * Every permit of the file; {@code to} may be empty or left out.
   *
   * @throws IllegalArgumentException if a line cannot be read, with its number
   */
  static List<Permit> read(Path file) throws IOException {
    List<Permit> permits = new ArrayList<>();
    try (CsvReader<NamedCsvRecord> lines =
        CsvReader.builder().skipEmptyLines(true).ofNamedCsvRecord(file)) {
      for (NamedCsvRecord line : lines) {
        permits.add(permit(line, file));
      }
    }
    return permits;
  }

  private static Permit permit(NamedCsvRecord line, Path file) {
    try {
      if (!line.getHeader().containsAll(NEEDED)) {
        throw new IllegalArgumentException("the heading must be unit,area,from,to");
      }
      return new Permit(
          new Unit(line.getField("unit").strip()),
          new Area(line.getField("area").strip()),
          LocalDate.parse(line.getField("from").strip()),
          last(line));
    } catch (IllegalArgumentException | DateTimeParseException e) {
      throw new IllegalArgumentException(
          file + ", line " + line.getStartingLineNumber() + ": " + e.getMessage(), e);
    }
  }

  private static @Nullable LocalDate last(NamedCsvRecord line) {
    String to = line.findField(TO).orElse("").strip();
    return to.isEmpty() ? null : LocalDate.parse(to);
  }
}
