package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

class PatientFolderTest {

  private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"%s\"}";
  private static final String PROCEDURE =
      "{\"subject\":{\"reference\":\"%2$s\"},\"id\":\"%1$s\",\"resourceType\":\"Procedure\"}";

  private final Path folder;

  PatientFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void patientsComeWithTheirResourcesInTheOrderOfIdsWhateverTheFiles() throws IOException {
    write(
        "Procedure.1.ndjson", procedure("z", "Patient/b"), procedure("y", "http://h/f/Patient/a"));
    write("Procedure.0.ndjson", procedure("x", "Patient/a/_history/1"), "", PATIENT.formatted("c"));
    write("Patient.ndjson", PATIENT.formatted("b"), PATIENT.formatted("a"));
    write("Organization.ndjson", "{\"resourceType\":\"Organization\",\"id\":\"o\"}");
    write("Medication.ndjson", "{\"resourceType\":\"Medication\",\"id\":\"m\"}");
    Files.writeString(folder.resolve("README.txt"), "not data");

    PatientFolder source = new PatientFolder(folder);

    assertThat(handedOver(source))
        .containsExactly(
            "a: Patient/a Procedure/x Procedure/y", "b: Patient/b Procedure/z", "c: Patient/c");
    assertThat(source.countPatients()).isEqualTo(3);
    assertThat(source.gaps()).isEmpty();
  }

  @Test
  void theRawBytesAreHandedOverAsTheyStandInTheFile() throws IOException {
    String line =
        "{ \"resourceType\" : \"Patient\", \"id\":\"a\",\"name\":[{\"family\":\"Åäö\"}] }";
    Files.writeString(folder.resolve("Patient.ndjson"), "\uFEFF" + line + "\r\n\r\n");
    List<String> texts = new ArrayList<>();
    new PatientFolder(folder).forEachPatient(it -> texts.add(it.resources().get(0).text()));
    assertThat(texts).containsExactly(line);
  }

  @Test
  void gzippedLinesBundlesAndSingleResourcesAreRead() throws IOException {
    Files.write(folder.resolve("Patient.ndjson.gz"), gzip(PATIENT.formatted("a") + "\n"));
    String entry = procedure("p", "Patient/a");
    write(
        "bundle.json",
        "{\"entry\":[{\"resource\": "
            + entry
            + " ,\"fullUrl\":\"urn:åäö\"},{\"resource\":"
            + "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":"
            + procedure("q", "Patient/a")
            + "}]}}],",
        "\"resourceType\":\"Bundle\"}");
    write("single.json", procedure("r", "Patient/a"));

    PatientFolder source = new PatientFolder(folder);

    assertThat(handedOver(source))
        .containsExactly("a: Patient/a Procedure/p Procedure/q Procedure/r");
    source.forEachPatient(it -> assertThat(it.resources().get(1).text()).isEqualTo(entry));
    assertThat(source.gaps()).isEmpty();
  }

  @Test
  void ofTheSameResourceTwiceTheLatestCountsElseTheGreaterText() throws IOException {
    String old = updated("2024-01-01T12:00:00+02:00", "old");
    String young = updated("2024-01-01T11:00:00Z", "new");
    String none = "{\"resourceType\":\"Patient\",\"id\":\"a\",\"language\":\"zz\"}";
    for (List<String> order : List.of(List.of(old, young, none), List.of(none, young, old))) {
      write("Patient.ndjson", order.toArray(String[]::new));
      assertThat(texts()).containsExactly(young);
    }
    String less = updated("2024-01-01T11:00:00Z", "a");
    String greater = updated("2024-01-01T11:00:00Z", "b");
    write("Patient.ndjson", greater, less);
    assertThat(texts()).containsExactly(greater);
    write("Patient.ndjson", less, greater);
    assertThat(texts()).containsExactly(greater);
  }

  @Test
  void whatCannotBeReadIsAGapWithFileAndLineAndTheRestIsRead() throws IOException {
    write(
        "Patient.ndjson",
        PATIENT.formatted("a"),
        "{\"resourceType\":\"Patient\",\"id\":",
        "{\"resourceType\":\"Patient\",\"id\":\"b\",\"id\":\"c\"}",
        "{\"resourceType\":\"Patient\"}",
        "{\"id\":\"d\"}",
        "[]",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}",
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\"}]}",
        PATIENT.formatted("e"));
    write("broken.json", "<html>");
    Files.writeString(
        folder.resolve("utf16.json"), PATIENT.formatted("u"), StandardCharsets.UTF_16);
    byte[] gzip = gzip((PATIENT.formatted("f") + "\n").repeat(50_000));
    Files.write(folder.resolve("cut.ndjson.gz"), Arrays.copyOf(gzip, gzip.length - 20));
    Files.writeString(folder.resolve("plain.ndjson.gz"), "not gzip");

    PatientFolder source = new PatientFolder(folder);

    assertThat(handedOver(source)).containsExactly("a: Patient/a", "e: Patient/e", "f: Patient/f");
    assertThat(source.gaps()).hasSize(10);
    for (int line = 2; line <= 7; line++) {
      String place = "Patient.ndjson line " + line + ":";
      assertThat(source.gaps()).filteredOn(it -> it.startsWith(place)).hasSize(1);
    }
    for (String file : List.of("broken.json", "utf16.json", "cut.ndjson.gz", "plain.ndjson.gz")) {
      assertThat(source.gaps()).filteredOn(it -> it.startsWith(file)).hasSize(1);
    }
  }

  @Test
  void resourcesOfPatientsNotThereAreGapsAndNeverDropped() throws IOException {
    write("Patient.ndjson", PATIENT.formatted("a"));
    write("Procedure.ndjson", procedure("p", "Patient/gone"), procedure("q", "Group/1"));

    PatientFolder source = new PatientFolder(folder);

    assertThat(source.gaps())
        .satisfiesExactly(
            it -> assertThat(it).startsWith("Procedure.ndjson line 1: Procedure/p: dangling"),
            it -> assertThat(it).startsWith("Procedure.ndjson line 2: Procedure/q: subject"));
  }

  @Test
  void deepNestingIsAGap() throws IOException {
    write(
        "Patient.ndjson",
        "{\"x\":".repeat(100_000) + "1" + "}".repeat(100_000),
        PATIENT.formatted("a"));
    PatientFolder source = new PatientFolder(folder);
    assertThat(source.countPatients()).isEqualTo(1);
    assertThat(source.gaps()).singleElement().asString().contains("nested deeper");
  }

  @Test
  void aFolderWithoutDataIsAGapAndNoFolderIsWrongUsage() {
    assertThat(new PatientFolder(folder).gaps()).hasSize(1);
    assertThatThrownBy(() -> new PatientFolder(folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<String> texts() {
    List<String> texts = new ArrayList<>();
    new PatientFolder(folder).forEachPatient(it -> texts.add(it.resources().get(0).text()));
    return texts;
  }

  static List<String> handedOver(PatientSource source) {
    List<String> found = new ArrayList<>();
    source.forEachPatient(it -> found.add(words(it)));
    return found;
  }

  private static String words(PatientRecord patient) {
    return patient.id()
        + ": "
        + String.join(" ", patient.resources().stream().map(RawResource::toString).toList());
  }

  private static String procedure(String id, String subject) {
    return PROCEDURE.formatted(id, subject);
  }

  private static String updated(String instant, String language) {
    return "{\"resourceType\":\"Patient\",\"id\":\"a\",\"meta\":{\"lastUpdated\":\"%s\"},\"language\":\"%s\"}"
        .formatted(instant, language);
  }

  private void write(String name, String... lines) throws IOException {
    Files.writeString(folder.resolve(name), String.join("\n", lines));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
