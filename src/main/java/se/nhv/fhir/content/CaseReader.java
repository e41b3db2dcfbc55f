package se.nhv.fhir.content;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.RawResource;

/** Reads the case folders: {@code tests/Measure/<measure id>/<case>/<Type>-<id>.json}. */
final class CaseReader {

  static final String FOLDER = "measures-fhir/input/tests/Measure/";
  private static final String EXPECTED = "MeasureReport-expected.json";

  private final ContentFiles files;
  private final ResourceReader reader;
  private final List<ContentFault> faults;

  CaseReader(ContentFiles files, ResourceReader reader, List<ContentFault> faults) {
    this.files = files;
    this.reader = reader;
    this.faults = faults;
  }

  List<MeasureCase> read(Map<String, MeasureDefinition> measuresById) {
    SortedMap<String, SortedMap<String, byte[]>> folders = new TreeMap<>();
    files
        .under(FOLDER, ".json")
        .forEach(
            (path, bytes) ->
                folders
                    .computeIfAbsent(path.substring(0, path.lastIndexOf('/')), f -> new TreeMap<>())
                    .put(path, bytes));
    List<MeasureCase> cases = new ArrayList<>();
    folders.forEach(
        (folder, inFolder) -> {
          MeasureCase read = read(folder, inFolder, measuresById);
          if (read != null) {
            cases.add(read);
          }
        });
    return cases;
  }

  private @Nullable MeasureCase read(
      String folder, SortedMap<String, byte[]> inFolder, Map<String, MeasureDefinition> measures) {
    String[] names = folder.substring(FOLDER.length()).split("/", -1);
    MeasureDefinition measure = names.length == 2 ? measures.get(names[0]) : null;
    if (measure == null) {
      faults.add(new ContentFault(folder, "", "is not a folder <measure id>/<case> of a Measure"));
      return null;
    }
    String expectedPath = folder + "/" + EXPECTED;
    List<RawResource> resources = new ArrayList<>();
    inFolder.forEach(
        (path, bytes) -> {
          String stem = path.substring(folder.length() + 1, path.length() - ".json".length());
          int hyphen = stem.indexOf('-');
          if (!path.equals(expectedPath) && hyphen > 0) {
            resources.add(
                new RawResource(stem.substring(0, hyphen), stem.substring(hyphen + 1), bytes));
          }
        });
    SortedMap<String, byte[]> expectedFile = new TreeMap<>(inFolder);
    expectedFile.keySet().retainAll(List.of(expectedPath));
    List<MeasureReport> expected = reader.read(expectedFile, MeasureReport.class);
    if (expected.size() != 1) {
      if (expectedFile.isEmpty()) {
        faults.add(new ContentFault(folder, "", "has no " + EXPECTED));
      }
      return null;
    }
    MeasureReport report = expected.get(0);
    if (!measure.reference().canonical().equals(report.getMeasure())) {
      faults.add(new ContentFault(expectedPath, "measure", "is not that of the folder"));
    }
    if (!report.getPeriod().hasStart() || !report.getPeriod().hasEnd() || !report.hasDate()) {
      String problem = "are missing: they are the input of the evaluation";
      faults.add(new ContentFault(expectedPath, "period and date", problem));
    }
    return new MeasureCase(names[0], names[1], resources, report);
  }
}
