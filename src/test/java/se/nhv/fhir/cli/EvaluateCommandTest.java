package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.RawResource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EvaluateCommandTest {

  private static final String[] OWED = {
    "NETB1-2.0.0.json",
    "NETB2-2.0.0.json",
    "NETB3-2.0.0.json",
    "NETO1-2.0.0.json",
    "NETP1-2.0.0.json",
    "NETR1-2.0.0.json",
    "NETT1-2.0.0.json"
  };

  private final Path folder;
  private final List<RawResource> resources = UnitFiles.resources();
  private final Path data;
  private final Ran first;
  private final Map<String, String> reports;

  EvaluateCommandTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    data = UnitFiles.ndjson(folder.resolve("ndjson"), resources);
    first = evaluate(data, folder.resolve("reports"));
    reports = read(folder.resolve("reports"));
  }

  private static Ran evaluate(Path data, Path out, String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("evaluate", "--data", data.toString(), "--out", out.toString()));
    arguments.addAll(List.of("--area", "net", "--reporting-year", "2025"));
    arguments.addAll(List.of("--unit", UnitFiles.UNIT.unit().hsaId(), "--as-of", "2025-03-15"));
    arguments.addAll(List.of(more));
    return Ran.nhv(arguments.toArray(String[]::new));
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        files.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }
    return files;
  }

  private static MeasureReport report(String json) {
    return FhirContext.forR4Cached().newJsonParser().parseResource(MeasureReport.class, json);
  }

  @Test
  void everyOwedMeasureGetsOneFileAndNothingElseIsWritten() {
    assertThat(first.code()).as(first.err()).isEqualTo(ExitCode.DONE);
    assertThat(first.err()).isEmpty();
    assertThat(first.out()).contains("24 patients, 7 reports in");
    assertThat(reports).containsOnlyKeys(OWED);
    MeasureReport b1 = report(reports.getOrDefault("NETB1-2.0.0.json", ""));
    assertThat(b1.getMeasure()).isEqualTo(Canonicals.ROOT + "/Measure/NETB1|2.0.0");
    assertThat(b1.getDateElement().getValueAsString()).isEqualTo("2025-03-15");
    assertThat(b1.getReporter().getReference())
        .isEqualTo("Organization/" + UnitFiles.UNIT.unit().hsaId());
    assertThat(b1.getGroupFirstRep().getPopulationFirstRep().getCount()).isPositive();
  }

  @Test
  void bundlesGiveTheSameBytes() throws IOException {
    assertSameReports(UnitFiles.bundles(folder.resolve("bundles"), resources));
  }

  @Test
  void compressedFilesAndSeveralFilesOfATypeGiveTheSameBytes() throws IOException {
    assertSameReports(UnitFiles.compressed(folder.resolve("compressed"), resources));
  }

  @Test
  void theOrderOfLinesFilesAndResourcesChangesNoByte() throws IOException {
    assertSameReports(UnitFiles.shuffled(folder.resolve("shuffled-1"), resources, 1));
    assertSameReports(UnitFiles.shuffled(folder.resolve("shuffled-2"), resources, 2));
  }

  @Test
  void theNumberOfThreadsChangesNoByte() throws IOException {
    assertSameReports(data, "--threads", "1");
    assertSameReports(data, "--threads", "4");
  }

  private void assertSameReports(Path data, String... more) throws IOException {
    Path out = Files.createTempDirectory(folder, "out");
    Ran ran = evaluate(data, out, more);
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    assertThat(read(out)).isEqualTo(reports);
  }

  @Test
  void aMappingIsAppliedAndItsVersionNamed() throws IOException {
    Path out = folder.resolve("mapped");
    Ran ran = evaluate(data, out, "--mapping", "src/test/resources/mapping/hospital");
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
    Map<String, String> written = read(out);
    assertThat(written.toString()).contains("k1r2-");
    written.replaceAll((name, text) -> text.replaceAll("k1r2-[0-9a-f]{12}", "ingen"));
    assertThat(written).as("these data have no local codes").isEqualTo(reports);
  }

  @Test
  void oneMeasureAloneGivesTheSameReport() throws IOException {
    Path out = folder.resolve("one");
    assertThat(evaluate(data, out, "--measure", "NETO1").code()).isEqualTo(ExitCode.DONE);
    assertThat(read(out))
        .isEqualTo(Map.of("NETO1-2.0.0.json", reports.getOrDefault("NETO1-2.0.0.json", "")));
  }

  @Test
  void anUnreadableLineIsNamedAndTheReportsAreStillWritten() throws IOException {
    Path broken = UnitFiles.ndjson(folder.resolve("broken"), resources);
    Path patients = broken.resolve("Patient.ndjson");
    Files.writeString(patients, "{\"resourceType\":\"Patient\",\n", StandardOpenOption.APPEND);
    Path out = folder.resolve("of-broken");

    Ran ran = evaluate(broken, out);

    assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.err()).contains("not read: Patient.ndjson line 25");
    assertThat(read(out)).isEqualTo(reports);
  }

  @Test
  void aPatientWithAnUnreadableValueIsNamedAndReportedAsNotEvaluable() throws IOException {
    List<RawResource> more = new ArrayList<>(resources);
    String json = "{\"resourceType\":\"Patient\",\"id\":\"unreadable-1\",\"birthDate\":\"19xx\"}";
    more.add(RawResource.of("Patient", "unreadable-1", json));
    Path out = folder.resolve("of-unreadable");

    Ran ran = evaluate(UnitFiles.ndjson(folder.resolve("unreadable"), more), out);

    assertThat(ran.code()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.err()).contains("not evaluable: Patient/unreadable-1: ");
    Map<String, String> written = read(out);
    assertThat(written).containsOnlyKeys(OWED);
    for (String reported : written.values()) {
      assertThat(report(reported).getGroup())
          .isNotEmpty()
          .allSatisfy(group -> assertThat(notEvaluable(group)).isEqualTo("1"));
      assertThat(reported).doesNotContain("unreadable-1");
    }
  }

  private static String notEvaluable(MeasureReportGroupComponent group) {
    for (Extension extension :
        group.getExtensionsByUrl(Canonicals.structureDefinition("bortfall"))) {
      String reason = extension.getExtensionByUrl("reason").getValue().primitiveValue();
      if ("ej-utvarderbar".equals(reason)) {
        return extension.getExtensionByUrl("count").getValue().primitiveValue();
      }
    }
    return "0";
  }

  @ParameterizedTest
  @CsvSource({
    "--reporting-year,2023,its first reporting year is ",
    "--reporting-year,soon,--reporting-year",
    "--reporting-year,1900,--reporting-year",
    "--area,xyz,there are Measures for these areas: abk",
    "--area,NET!,is not an area",
    "--unit,se-1 2,is not an HSA-id",
    "--as-of,2025-02-30,--as-of",
    "--as-of,today,--as-of",
    "--measure,NETX9,NETX9 is not owed by area net in 2025; these are: NETB1",
    "--data,/no/such/folder,there is no folder /no/such/folder",
    "--threads,0,at least 1"
  })
  void wrongUsageIsAnsweredWithTheWayOut(String option, String value, String message)
      throws IOException {
    Path out = folder.resolve("never");
    List<String> arguments = new ArrayList<>(List.of("evaluate"));
    Map<String, String> options = new TreeMap<>();
    options.put("--data", data.toString());
    options.put("--area", "net");
    options.put("--reporting-year", "2025");
    options.put("--unit", UnitFiles.UNIT.unit().hsaId());
    options.put("--out", out.toString());
    options.put(option, value);
    options.forEach((name, given) -> arguments.addAll(List.of(name, given)));

    Ran ran = Ran.nhv(arguments.toArray(String[]::new));

    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.USAGE);
    assertThat(ran.err()).contains(message);
    assertThat(out).doesNotExist();
  }
}
