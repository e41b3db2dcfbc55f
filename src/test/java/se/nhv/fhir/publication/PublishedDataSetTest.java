package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.publication.PublishedDataSet.Row;

/** One release with all four states, in its three forms. */
class PublishedDataSetTest {

  private static final String IP = "initial-population";
  private static final Release RELEASE = release();

  @Test
  void zeroHiddenNotReportedAndNoDataStayApart() {
    assertThat(lines())
        .contains(
            "A initial-population total: värde 30",
            "A initial-population 24: noll 0",
            "B initial-population total: dold ",
            "C initial-population total: ej rapporterad ",
            "D mean total: inga data ",
            "riket median total: inga data ");
  }

  @Test
  void aMissingReportIsMissingInEveryCellThatTheOthersHave() {
    List<String> ofC = lines().filter(line -> line.startsWith("C ")).toList();

    assertThat(ofC).hasSize(8).allMatch(line -> line.endsWith(": ej rapporterad "));
  }

  @Test
  void theCsvFileSaysWhatTheDataSetSays() {
    String text = new String(PublishedFiles.csv(RELEASE.published()), StandardCharsets.UTF_8);
    List<List<String>> lines =
        CsvReader.builder().fieldSeparator(';').ofCsvRecord(text.substring(1)).stream()
            .map(CsvRecord::getFields)
            .toList();

    assertThat(text).startsWith("\ufeff").contains("12,25;d;värde");
    assertThat(lines.get(0)).isEqualTo(PublishedFiles.HEADINGS);
    assertThat(lines.subList(1, lines.size())).isEqualTo(expectedLines());
  }

  @Test
  void theWorkbookSaysWhatTheDataSetSays() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PublishedFiles.xlsx(RELEASE.published(), bytes);
    List<List<String>> lines = new ArrayList<>();
    try (ReadableWorkbook workbook =
            new ReadableWorkbook(new ByteArrayInputStream(bytes.toByteArray()));
        Stream<org.dhatim.fastexcel.reader.Row> rows = workbook.getFirstSheet().openStream()) {
      rows.forEach(row -> lines.add(texts(row)));
    }

    assertThat(lines.get(0)).isEqualTo(PublishedFiles.HEADINGS);
    assertThat(lines.subList(1, lines.size())).isEqualTo(expectedLines());
  }

  @Test
  void figuresInTheWorkbookAreNumbersInSwedishFormat() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PublishedFiles.xlsx(RELEASE.published(), bytes);
    try (ReadableWorkbook workbook =
        new ReadableWorkbook(
            new ByteArrayInputStream(bytes.toByteArray()),
            new org.dhatim.fastexcel.reader.ReadingOptions(true, false))) {
      List<String> formats =
          workbook.getFirstSheet().read().stream()
              .skip(1)
              .map(row -> row.getCell(9))
              .filter(cell -> cell != null && cell.getType() == CellType.NUMBER)
              .map(Cell::getDataFormatString)
              .distinct()
              .toList();
      assertThat(formats).hasSize(2).allMatch(format -> format.startsWith("[$-41D]#,##0"));
    }
  }

  @Test
  void theReportsSayWhatTheDataSetSays() {
    IParser json = FhirContext.forR4Cached().newJsonParser();
    List<MeasureReport> reports =
        PublishedReports.of(RELEASE.published()).stream()
            .map(json::encodeResourceToString)
            .map(text -> json.parseResource(MeasureReport.class, text))
            .toList();
    PublishedDataSet published = RELEASE.published();

    assertThat(
            PublishedReader.read(
                published.number(), published.date(), published.policyVersion(), reports))
        .isEqualTo(published);
  }

  @Test
  void aHiddenCellIsMaskedAndHasNoCount() {
    MeasureReport ofB = report("B");
    var population = ofB.getGroupFirstRep().getPopulationFirstRep();

    assertThat(population.getCountElement().hasValue()).isFalse();
    assertThat(
            population
                .getCountElement()
                .getExtensionString("http://hl7.org/fhir/StructureDefinition/data-absent-reason"))
        .isEqualTo("masked");
    assertThat(report("C").getStatus()).isEqualTo(MeasureReportStatus.PENDING);
  }

  @Test
  void theNationalReportNamesTheReportsThatItSums() {
    assertThat(report("riket").getExtension())
        .extracting(it -> it.getValue().castToReference(it.getValue()).getReference())
        .containsExactly(
            "MeasureReport/PROVB1-1.0.0-A-20240101-20241231",
            "MeasureReport/PROVB1-1.0.0-B-20240101-20241231",
            "MeasureReport/PROVB1-1.0.0-D-20240101-20241231");
  }

  @Test
  void aMaskedReportIsNotTakenForAnExactOne() {
    assertThatThrownBy(() -> new CubeReader().read(List.of(report("B")), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("only exact reports can be published");
  }

  @Test
  void aNationalReportThatIsNotTheSumOfItsPartsIsRefused() {
    List<Reported> units = List.of(patients("A", 30), patients("B", 20));
    MeasureReport national = ExampleReleases.national(units).get(0);
    national.getGroupFirstRep().getPopulationFirstRep().setCount(51);

    assertThatThrownBy(
            () ->
                new CubeReader()
                    .read(
                        units.stream().map(Reported::report).toList(),
                        List.of(national),
                        List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not the sum of the units' reports");
  }

  private static MeasureReport report(String reporter) {
    return PublishedReports.of(RELEASE.published()).stream()
        .filter(it -> it.getId().startsWith("PROVB1-1.0.0-" + reporter + "-2024"))
        .findFirst()
        .orElseThrow();
  }

  private static Release release() {
    List<Reported> units =
        List.of(
            patients("A", 30).stratum("hemregion", "24", IP, 0),
            patients("B", 3, 2).stratum("hemregion", "24", IP, 1),
            patients("D", 0).stratum("hemregion", "24", IP, 0),
            Reported.of("PROVT1", "A", 2024).values("total", 11, 12.25, 3),
            Reported.of("PROVT1", "D", 2024).values("total", 0, 0, 0));
    return ExampleReleases.PUBLICATION.release(
        units.stream().map(Reported::report).toList(),
        ExampleReleases.national(units),
        List.of(Reported.key("PROVB1", "C", 2024), Reported.key("PROVT1", "C", 2024)),
        ExampleReleases.DATE,
        List.of());
  }

  private static Reported patients(String unit, long count) {
    return patients(unit, count, count);
  }

  private static Reported patients(String unit, long count, long ofStockholm) {
    return Reported.of("PROVB1", unit, 2024)
        .count("total", IP, count)
        .stratum("hemregion", "01", IP, ofStockholm);
  }

  private static Stream<String> lines() {
    return RELEASE.published().rows().stream()
        .map(
            row ->
                row.cell().report().reporter()
                    + (" " + row.cell().statistic() + " ")
                    + (row.cell().isWhole() ? row.cell().group() : row.cell().stratum())
                    + (": " + row.state().text() + " ")
                    + (row.value() == null ? "" : row.value().toPlainString()));
  }

  private static List<List<String>> expectedLines() {
    return RELEASE.published().rows().stream().map(PublishedDataSetTest::line).toList();
  }

  private static List<String> line(Row row) {
    CellKey cell = row.cell();
    ReportKey report = cell.report();
    return List.of(
        report.reporter(),
        report.measure().name(),
        "1.0.0",
        "2024-01-01",
        "2024-12-31",
        cell.group(),
        cell.stratifier(),
        cell.stratum(),
        cell.statistic(),
        row.value() == null ? "" : row.value().toPlainString().replace('.', ','),
        row.unit(),
        row.state().text());
  }

  private static List<String> texts(org.dhatim.fastexcel.reader.Row row) {
    List<String> texts = new ArrayList<>();
    for (int column = 0; column < PublishedFiles.HEADINGS.size(); column++) {
      Cell cell = column < row.getCellCount() ? row.getCell(column) : null;
      texts.add(cell == null || cell.getType() == CellType.EMPTY ? "" : text(cell));
    }
    return texts;
  }

  private static String text(Cell cell) {
    if (cell.getType() != CellType.NUMBER) {
      return cell.getText();
    }
    BigDecimal number = cell.asNumber();
    return number.toPlainString().replace('.', ',');
  }
}
