package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ExampleReport;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.national.OwedReports;
import se.nhv.fhir.reporting.obligation.ReportingCalendar;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

class ObligationsCommandTest {

  private static final Unit UNIT = new Unit("SE2321000016-C001");
  private static final String OTHER = "SE2321000016-C002";

  private final Path folder;
  private final String url;

  ObligationsCommandTest(@TempDir Path folder) {
    this.folder = folder;
    this.url = "jdbc:h2:file:" + folder.resolve("nhv");
  }

  private Path permits(String... lines) throws IOException {
    return Files.write(folder.resolve("permits.csv"), List.of(lines));
  }

  private Ran obligations(Path permits, String... more) {
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("obligations", "--store-url", url, "--permits", permits.toString()));
    arguments.addAll(List.of(more));
    return Ran.nhv(arguments.toArray(String[]::new));
  }

  /** Reviews every report of NET of 2025. */
  private void review() {
    try (StoreDatabase database = StoreDatabase.open(StoreSettings.of(url))) {
      for (Owed owed :
          new ReportingCalendar(OwedReports::content)
              .owed(new Area("net"), new ReportingYear(2025))) {
        String id = ExampleReport.reports(database).save(OwedReports.of(UNIT, owed, 1)).key().id();
        new SignOffs(database.reports())
            .review(id, 1, new Signatory("anna", "Anna Ek"), Instant.EPOCH);
      }
    }
  }

  @Test
  void whatIsOwedIsListedWithItsStateAndCounted() throws IOException {
    review();
    Path permits =
        permits(
            "unit,area,from,to", UNIT + ",net,2024-01-01,", OTHER + ",net,2024-01-01,2024-12-31");
    Ran ran = obligations(permits, "--area", "net", "--reporting-year", "2025");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(ran.out().lines().map(it -> it.replaceAll(" +", " ")).toList())
        .containsExactly(
            "Enhet Område År Läge Sista dag Försenad Inlämnad",
            UNIT + " net 2025 Granskad 2025-03-31 ja",
            OTHER + " net 2025 Öppen 2025-03-31 ja",
            "",
            "Område År Inlämnade I tid Mottagna Av enheter",
            "net 2025 0 0 0 2");
    assertThat(obligations(permits, "--unit", OTHER).out())
        .contains(OTHER + "  net")
        .doesNotContain(UNIT.hsaId());
    assertThat(obligations(permits, "--area", "abk").out()).contains("Inget redovisas.");
  }

  @Test
  void aLineThatIsNoPermitIsToldWithItsNumber() throws IOException {
    assertThat(obligations(folder.resolve("none")).code()).isEqualTo(ExitCode.USAGE);
    Ran day = obligations(permits("unit,area,from,to", UNIT + ",net,1 januari,"));
    assertThat(day.code()).isEqualTo(ExitCode.FAILED);
    assertThat(day.err()).contains("line 2");
    assertThat(obligations(permits("unit,omrade,from,to", UNIT + ",net,2024-01-01,")).err())
        .contains("the heading must be unit,area,from,to");
    assertThat(obligations(permits("unit,area,from", UNIT + ",net,2024-01-01")).code())
        .isEqualTo(ExitCode.DONE);
  }
}
