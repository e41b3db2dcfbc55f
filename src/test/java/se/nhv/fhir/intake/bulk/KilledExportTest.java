package se.nhv.fhir.intake.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.ServerProcess;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/**
 * {@code pull --bulk} is killed while it asks, waits, fetches or reads, and the same command is
 * given again: in the end every Patient is there once, and an export that was begun was not asked
 * for anew.
 */
@Timeout(1800)
class KilledExportTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final int FILES = 12;
  private static final int PATIENTS = 200;

  @Test
  void aKilledExportIsGoneOnWith(@TempDir Path folder) throws Exception {
    killOften(folder, 1, 4);
  }

  @Test
  @Tag("proof")
  void anExportKilledFiftyTimesIsGoneOnWith(@TempDir Path folder) throws Exception {
    killOften(folder, 50, System.nanoTime());
  }

  private static void killOften(Path folder, int times, long seed) throws Exception {
    Random random = new Random(seed);
    for (int time = 1; time <= times; time++) {
      Path own = Files.createDirectory(folder.resolve("export" + time));
      String url = "jdbc:h2:file:" + own.resolve("nhv");
      try (BulkServer hospital = hospital()) {
        Process killed = pull(hospital, url, own);
        int requests = 1 + random.nextInt(FILES + 2); // kick-off, status, files
        while (hospital.asked.size() < requests && killed.isAlive()) {
          Thread.sleep(2);
        }
        Thread.sleep(random.nextInt(30));
        killed.destroyForcibly().waitFor();
        boolean waited = hospital.paths("GET").contains("/status/1"); // so it had been noted
        boolean dropped = !hospital.paths("DELETE").isEmpty(); // so it had been read to its end

        assertThat(pull(hospital, url, own).waitFor()).isZero();

        assertThat(hospital.kickOffs).isBetween(1, waited && !dropped ? 1 : 2);
        assertEachPatientIsThereOnce(url);
        try (Stream<Path> left = Files.list(own.resolve("work"))) {
          assertThat(left).isEmpty();
        }
      }
      System.out.printf("killed export %d of %d (seed %d)%n", time, times, seed);
    }
  }

  private static BulkServer hospital() {
    BulkServer hospital = new BulkServer();
    List<String> output = new ArrayList<>();
    for (int file = 0; file < FILES; file++) {
      hospital.files.put("/files/" + file, BulkServer.patients(ids(file).toArray(String[]::new)));
      output.add(hospital.entry("Patient", "/files/" + file, PATIENTS));
    }
    hospital.manifest(false, output, List.of(), List.of());
    return hospital;
  }

  private static Stream<String> ids(int file) {
    return IntStream.range(0, PATIENTS).mapToObj(n -> "p-" + file + "-" + n);
  }

  private static Process pull(BulkServer hospital, String url, Path folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            ServerProcess.command(
                "pull",
                "--from=" + hospital.base(),
                "--unit=" + UNIT,
                "--bulk",
                "--store-url=" + url,
                "--work-folder=" + folder.resolve("work")));
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile());
    return builder.start();
  }

  private static void assertEachPatientIsThereOnce(String url) {
    try (StoreDatabase database = StoreDatabase.open(new StoreSettings(url, "nhv", "", 2))) {
      ResourceStore store = database.intake();
      assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo((long) FILES * PATIENTS);
      IntStream.range(0, FILES)
          .boxed()
          .flatMap(KilledExportTest::ids)
          .forEach(
              id ->
                  assertThat(store.history(new ResourceKey(UNIT.hsaId(), "Patient", id)))
                      .hasSize(1));
    }
  }
}
