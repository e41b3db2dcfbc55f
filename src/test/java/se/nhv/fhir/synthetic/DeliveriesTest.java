package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.intake.PatientFolder;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** The two ways in which a synthetic unit's data leave it: a folder and transactions. */
class DeliveriesTest {

  private static final SyntheticUnit UNIT = SyntheticHospitals.units().get(2);
  private static final SyntheticNetCare CARE = ReadBack.care(UNIT);

  @Test
  void aFolderHoldsEveryResourceOnALineInTheFileOfItsType(@TempDir Path temp) throws IOException {
    Path folder = temp.resolve("net3");
    BulkDataFolder.write(folder, UNIT, CARE.patients(40));
    try (Stream<Path> files = Files.list(folder)) {
      List<String> names = files.map(file -> file.getFileName().toString()).sorted().toList();
      assertThat(names).contains("Organization.ndjson", "Patient.ndjson", "Procedure.ndjson");
    }
    assertThat(Files.readAllLines(folder.resolve("Patient.ndjson"))).hasSize(40);
    long resources = CARE.patients(40).mapToLong(patient -> patient.resources().size()).sum();
    assertThat(lines(folder)).isEqualTo(resources + 1);
  }

  @Test
  void theIntakeReadsEveryPatientOfAFolderWholeAndFindsNoGap(@TempDir Path temp)
      throws IOException {
    BulkDataFolder.write(temp, UNIT, CARE.patients(40));
    PatientFolder read = new PatientFolder(temp);
    Map<String, Set<String>> patients = new TreeMap<>();
    read.forEachPatient(record -> patients.put(record.id(), texts(record)));
    assertThat(read.gaps()).isEmpty();
    assertThat(patients)
        .isEqualTo(
            CARE.records(40).collect(Collectors.toMap(PatientRecord::id, DeliveriesTest::texts)));
  }

  @Test
  void aFolderIsNeverWrittenOver(@TempDir Path temp) throws IOException {
    BulkDataFolder.write(temp, UNIT, CARE.patients(1));
    assertThatThrownBy(() -> BulkDataFolder.write(temp, UNIT, CARE.patients(1)))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  @Test
  void bundlesPutEveryResourceOnceAndAtMostFiveHundredAtATime() {
    List<Bundle> bundles = bundles(TransactionBundles.of(UNIT, CARE.patients(200)));
    assertThat(bundles)
        .hasSizeGreaterThan(2)
        .allSatisfy(
            bundle -> {
              assertThat(bundle.getType()).isEqualTo(BundleType.TRANSACTION);
              assertThat(bundle.getEntry()).hasSizeBetween(1, 500);
              assertThat(bundle.getEntry())
                  .allSatisfy(e -> assertThat(e.getRequest().getMethod()).isEqualTo(HTTPVerb.PUT));
            });
    List<String> urls =
        bundles.stream()
            .flatMap(b -> b.getEntry().stream())
            .map(e -> e.getRequest().getUrl())
            .toList();
    long resources = CARE.patients(200).mapToLong(patient -> patient.resources().size()).sum();
    assertThat(urls).doesNotHaveDuplicates().hasSize((int) resources + 1);
    assertThat(urls.get(0)).isEqualTo("Organization/SE0000000000-NET3");
  }

  @Test
  void noReferenceLeadsOutOfItsBundle() {
    for (Bundle bundle : bundles(TransactionBundles.of(UNIT, CARE.patients(200)))) {
      Set<String> there =
          bundle.getEntry().stream().map(e -> e.getRequest().getUrl()).collect(Collectors.toSet());
      Set<String> references = new HashSet<>();
      for (BundleEntryComponent entry : bundle.getEntry()) {
        FhirContext.forR4Cached()
            .newTerser()
            .getAllPopulatedChildElementsOfType(entry.getResource(), Reference.class)
            .stream()
            .filter(Reference::hasReference)
            .forEach(reference -> references.add(reference.getReference()));
      }
      assertThat(there).containsAll(references);
    }
  }

  @Test
  void aPatientThatFitsIntoNoBundleIsRefusedByName() {
    List<Resource> many = new ArrayList<>();
    for (int i = 0; i < 501; i++) {
      Condition condition = new Condition();
      condition.setId("c" + i);
      many.add(condition);
    }
    Iterator<Bundle> bundles =
        TransactionBundles.of(UNIT, Stream.of(new SyntheticPatient("big", many)));
    assertThat(bundles.next().getEntry()).hasSize(1);
    assertThatThrownBy(bundles::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Patient/big");
  }

  private static Set<String> texts(PatientRecord record) {
    return record.resources().stream().map(RawResource::text).collect(Collectors.toSet());
  }

  private static List<Bundle> bundles(Iterator<Bundle> each) {
    List<Bundle> bundles = new ArrayList<>();
    each.forEachRemaining(bundles::add);
    return bundles;
  }

  private static long lines(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.mapToLong(DeliveriesTest::count).sum();
    }
  }

  private static long count(Path file) {
    try {
      return Files.readAllLines(file).size();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
