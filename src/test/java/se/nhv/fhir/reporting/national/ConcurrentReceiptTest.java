package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The same submission sixteen times at once, and eight units at once, on both databases. */
class ConcurrentReceiptTest {

  @Test
  void h2_keeps_one(@TempDir Path folder) throws Exception {
    try (StoreDatabase h2 =
        StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")))) {
      keepsOne(h2);
    }
  }

  @Test
  void postgresql_keeps_one() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        StoreDatabase database = StoreDatabase.open(settings(postgres))) {
      keepsOne(database);
    }
  }

  private static StoreSettings settings(EmbeddedPostgres postgres) throws IOException {
    String url = postgres.getJdbcUrl("postgres", "postgres");
    return new StoreSettings(url, "postgres", "postgres", 8);
  }

  private static void keepsOne(StoreDatabase database) throws Exception {
    NationalReports national =
        new NationalReports(
            database.reports(),
            FhirContext.forR4Cached(),
            UnitReport.CONTENT,
            area -> List.of(),
            Clock.systemUTC());
    Set<Received> answers = new HashSet<>(atOnce(16, i -> submission(national, "SE-A")));
    assertThat(answers).hasSize(1);
    String id = answers.iterator().next().id();
    assertThat(national.history(id)).hasSize(1);
    assertThat(national.steps(id, 1)).hasSize(3);
    assertThat(atOnce(8, i -> submission(national, "SE-U" + i))).hasSize(8).doesNotHaveDuplicates();
    List<MeasureReport> riket = national.history("NETT1-2.0.0-riket-20240101-20241231");
    assertThat(riket).hasSize(9);
    MeasureReport latest = riket.get(0);
    assertThat(latest.getExtensionsByUrl(Canonicals.structureDefinition("aggregerad-av")))
        .hasSize(9);
    assertThat(latest.getGroupFirstRep().getPopulationFirstRep().getCount()).isEqualTo(27);
    keepsOneAnswer(national, id);
  }

  /** Half of them accept, half return: who is first is right. */
  private static void keepsOneAnswer(NationalReports national, String id) throws Exception {
    MeasureReport report = national.read(id).orElseThrow();
    List<Boolean> kept = atOnce(8, i -> () -> isKept(national, answer(report, i)));
    assertThat(kept).containsOnlyOnce(true);
    assertThat(national.steps(id, 1)).hasSize(4);
  }

  private static boolean isKept(NationalReports national, Provenance answer) {
    try {
      national.answer(List.of(answer));
      return true;
    } catch (RevisionConflictException overtaken) {
      return false;
    }
  }

  private static Provenance answer(MeasureReport report, int i) {
    Provenance answer =
        Signed.step(
            report,
            1,
            i % 2 == 0 ? "mottagen" : "aterlamnad",
            "SE2021005555-" + i,
            "Cia Ceder",
            "2025-04-01T08:00:00Z");
    answer.addReason().setText("Bortfallet är stort");
    return answer;
  }

  private static Callable<Received> submission(NationalReports national, String unit) {
    MeasureReport report = new UnitReport("NETT1-2.0.0", unit, 2024).values(3, "4", "2").report();
    return () -> national.receive(new Unit(unit), report, Signed.off(report), 1, null);
  }

  private static <T> List<T> atOnce(int number, IntFunction<Callable<T>> submission)
      throws Exception {
    ExecutorService senders = Executors.newFixedThreadPool(number);
    try {
      List<T> answers = new ArrayList<>();
      for (Future<T> answer :
          senders.invokeAll(IntStream.range(0, number).mapToObj(submission).toList())) {
        answers.add(answer.get());
      }
      return answers;
    } finally {
      senders.shutdownNow();
    }
  }
}
