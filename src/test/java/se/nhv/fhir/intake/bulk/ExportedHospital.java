package se.nhv.fhir.intake.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.PullLimits;
import se.nhv.fhir.intake.pull.PullOutcome;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;

/** A hospital that exports two files of Patients and one of Conditions, and a store for them. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
abstract class ExportedHospital {

  static final Unit UNIT = new Unit("SE0000000000-A");
  static final String TOKEN = "s3cret-token";
  static final BulkRequest REQUEST = BulkRequest.ofGroup("net");
  static final PullLimits LIMITS =
      new PullLimits(200, 20, Duration.ofMillis(3000), 200_000, 3, Duration.ofMillis(50));

  final BulkServer hospital = new BulkServer();
  final BulkServer stranger = new BulkServer();
  final MemoryDatabase database = new MemoryDatabase();
  final ResourceStore store = database.store();
  final List<String> steps = new ArrayList<>();
  @TempDir Path folder;

  ExportedHospital() {
    hospital.files.put("/files/p1", BulkServer.patients("1", "2"));
    hospital.files.put("/files/p2", BulkServer.patients("3"));
    hospital.files.put("/files/c", BulkServer.conditions("1", "3"));
    hospital.manifest(
        true,
        List.of(
            hospital.entry("Condition", "/files/c", 2),
            hospital.entry("Patient", "/files/p1", 2),
            hospital.entry("Patient", "/files/p2", null)),
        List.of(),
        List.of());
    stranger.files.put("/files/p1", BulkServer.patients("stolen"));
  }

  @AfterEach
  void stop() {
    hospital.close();
    stranger.close();
    database.close();
  }

  BulkExport export() {
    BulkLimits limits =
        new BulkLimits(
            Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMillis(800), 1 << 20);
    return new BulkExport(new StoreIntake(store), store, folder, limits);
  }

  PullOutcome exported() {
    return export().pull(UNIT, endpoint(), REQUEST, steps::add);
  }

  FhirEndpoint endpoint() {
    return new FhirEndpoint(hospital.base(), TOKEN, LIMITS);
  }

  List<String> stored() {
    List<String> ids = new ArrayList<>();
    new StoredPatients(store, UNIT).forEachPatient(it -> ids.add(it.id()));
    return ids;
  }

  void assertGap(PullOutcome outcome, String... parts) {
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.gaps()).singleElement().asString().contains(parts);
    assertThat(outcome.toString()).doesNotContain(TOKEN);
  }

  void assertNothingIsLeftOver() throws IOException {
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }
}
