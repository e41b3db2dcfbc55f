package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;

class FolderIntakeTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");

  private final Path folder;
  private final ResourceStore store = new InMemoryStore();
  private final FolderIntake loading = new FolderIntake(new StoreIntake(store));

  FolderIntakeTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void aFolderIsLoadedOnceHoweverOftenAndItsPatientsAreReadBack() throws IOException {
    List<String> patients =
        IntStream.range(0, 1201)
            .mapToObj("{\"resourceType\":\"Patient\",\"id\":\"%d\"}"::formatted)
            .toList();
    Files.write(folder.resolve("Patient.ndjson"), patients);
    Files.writeString(
        folder.resolve("Condition.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"c\",\"subject\":{\"reference\":\"Patient/0\"}}");
    AtomicLong progress = new AtomicLong();

    assertThat(loading.load(UNIT, folder, progress::set))
        .isEqualTo(new FolderOutcome(1202, 0, List.of()));
    assertThat(loading.load(UNIT, folder, progress::set))
        .isEqualTo(new FolderOutcome(0, 1202, List.of()));
    assertThat(progress).hasValue(1202);
    StoredPatients source = new StoredPatients(store, UNIT);
    assertThat(source.countPatients()).isEqualTo(1201);
    assertThat(PatientFolderTest.handedOver(source)).first().isEqualTo("0: Condition/c Patient/0");
    assertThat(source.gaps()).isEmpty();
  }

  @Test
  void whatIsRefusedIsNamedWithFileLineAndElementAndTheRestIsLoaded() throws IOException {
    Files.writeString(
        folder.resolve("Patient.ndjson"),
        """
        {"resourceType":"Patient","id":"1","nickname":"x"}
        {"resourceType":"Patient","id":"2"}
        """);
    Files.writeString(
        folder.resolve("Condition.ndjson"),
        """
        {"resourceType":"Condition","id":"c","subject":{"reference":"Group/1"}}
        {"resourceType":"Condition","id":"d","subject":{"reference":"Patient/1"}}
        """);

    FolderOutcome outcome = loading.load(UNIT, folder, it -> {});

    assertThat(outcome.changed()).isEqualTo(2);
    assertThat(outcome.gaps())
        .satisfiesExactly(
            it -> assertThat(it).startsWith("Patient.ndjson line 1: Patient/1: Patient.nickname"),
            it -> assertThat(it).startsWith("Condition.ndjson line 1: Condition/c: Condition.sub"));
  }

  @Test
  void aStoredResourceWhosePatientIsNotThereIsADanglingGap() throws IOException {
    Files.writeString(
        folder.resolve("Condition.ndjson"),
        "{\"resourceType\":\"Condition\",\"id\":\"d\",\"subject\":{\"reference\":\"Patient/1\"}}");
    loading.load(UNIT, folder, it -> {});

    StoredPatients source = new StoredPatients(store, UNIT);

    assertThat(PatientFolderTest.handedOver(source)).isEmpty();
    assertThat(source.gaps()).singleElement().asString().startsWith("Condition/d: dangling");
  }
}
