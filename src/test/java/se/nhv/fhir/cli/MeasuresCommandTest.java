package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is owed, what is proposed and what has no content, as the commands tell it. */
class MeasuresCommandTest {

  private static Stream<String> rows(Ran ran) {
    return ran.out().lines().filter(line -> line.matches(".*[A-Z0-9]+-\\d+\\.\\d+\\.\\d+.*"));
  }

  @Test
  void aYearListsWhatEachAreaOwesWithItsPeriod() {
    Ran ran = Ran.nhv("measures", "--reporting-year", "2026");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(rows(ran)).hasSize(7 + 9 + 10 + 12);
    assertThat(rows(ran))
        .anyMatch(row -> row.contains("ABKP1-1.0.0") && row.contains("2024-07-01..2024-12-31"))
        .anyMatch(row -> row.contains("ABKB1-1.0.0") && row.contains("2025-01-01..2025-12-31"))
        .anyMatch(row -> row.contains("SCTR2-1.0.0") && row.contains("2023-01-01..2023-12-31"))
        .anyMatch(row -> row.contains("BBCB1-0.1.0") && row.contains("förslag"))
        .noneMatch(row -> row.contains("NETB1-1.0.0"));
  }

  @Test
  void withoutAYearAllFortySixAreListedWithTheirSchedules() {
    Ran ran = Ran.nhv("measures");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(rows(ran)).hasSize(46);
    assertThat(rows(ran))
        .anyMatch(row -> row.contains("NETT1-1.0.0") && row.contains("2024–2024"))
        .anyMatch(row -> row.contains("SCTR2-1.0.0") && row.contains("3 år före"))
        .anyMatch(row -> row.contains("NETP1PS-1.0.0") && row.contains("inte: "));
  }

  @Test
  void anAreaThatOwesNothingIsNamedBesideThoseThatDo() {
    Ran ran = Ran.nhv("measures", "--reporting-year", "2024");
    assertThat(ran.code()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out())
        .contains("area abk owes nothing in 2024; its first reporting year is 2025");
  }

  @ParameterizedTest
  @CsvSource({
    "abk,2024,its first reporting year is 2025",
    "net,2023,its first reporting year is 2024",
    "xyz,2025,there are no Measures of area xyz"
  })
  void aYearOrAreaThatOwesNothingSaysSo(String area, String year, String message) {
    Ran ran = Ran.nhv("measures", "--area", area, "--reporting-year", year);
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(message);
  }

  /** Asked for in whatever year: it is owed in none. */
  @ParameterizedTest
  @CsvSource({"2024", "2025"})
  void aDevelopmentIndicatorWithoutContentAnswersWhyItCannotBeEvaluated(
      String year, @TempDir Path folder) {
    Ran ran = evaluate(folder, "net", year, "--measure", "NETP1PS");
    assertThat(ran.code()).as(ran.out()).isEqualTo(ExitCode.FAILED);
    assertThat(ran.err()).startsWith("NETP1PS-1.0.0: ").contains("utvecklingsindikator");
    assertThat(folder.resolve("reports")).doesNotExist();
  }

  @Test
  void aProposalIsEvaluatedOnRequestForAnyYear(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("Patient.ndjson"), "{\"resourceType\":\"Patient\",\"id\":\"p1\"}\n");
    Ran ran = evaluate(folder, "bbc", "2021");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    try (Stream<Path> reports = Files.list(folder.resolve("reports"))) {
      assertThat(reports).hasSize(12);
    }
    assertThat(Files.readString(folder.resolve("reports/BBCE2-0.1.0.json")))
        .contains("\"2019-01-01\"", "\"2019-12-31\"");
  }

  private static Ran evaluate(Path folder, String area, String year, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("evaluate", "--data", folder.toString(), "--unit", "SE0000000000-NET1"));
    arguments.addAll(List.of("--out", folder.resolve("reports").toString(), "--area", area));
    arguments.addAll(List.of("--reporting-year", year, "--as-of", "2026-03-15"));
    arguments.addAll(List.of(more));
    return Ran.nhv(arguments.toArray(String[]::new));
  }
}
