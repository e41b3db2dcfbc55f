package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;

/** A figure that was reported can be made again only while its Measure stays as it was. */
class ReleasedContentTest {

  private static final Path RECORD = Path.of("measures-fhir/released.txt");
  private static final Pattern LINE = Pattern.compile("(\\S+) ([0-9a-f]{64})");

  @Test
  void theContentOfAReleasedMeasureIsAsItWasRecorded() throws IOException {
    SortedMap<String, String> recorded = recorded();
    SortedMap<String, String> active = new TreeMap<>();
    for (MeasureDefinition measure : Content.packed().measures()) {
      String id = measure.reference().id();
      boolean isActive = measure.resource().getStatus() == PublicationStatus.ACTIVE;
      // A retired version stays recorded: its old figures can still be asked for.
      if (isActive || recorded.containsKey(id)) {
        active.put(id, measure.contentHash());
      }
    }
    if (!active.equals(recorded)) {
      fail(message(recorded, active));
    }
  }

  @Test
  void everyRecordedVersionIsStillHere() throws IOException {
    assertThat(Content.packed().measures().stream().map(m -> m.reference().id()))
        .containsAll(recorded().keySet());
  }

  private static String message(
      SortedMap<String, String> recorded, SortedMap<String, String> active) {
    SortedMap<String, String> changed = new TreeMap<>(active);
    changed.entrySet().removeIf(e -> e.getValue().equals(recorded.get(e.getKey())));
    return """
        The content of these active Measures is not what %s records: %s.
        If a version has been released, restore its Measure, CQL and value sets, and make a new version
        beside it (new files, new version number).
        If it has not been released yet, let the lines of %s be:
        %s
        """
        .formatted(RECORD, changed.keySet(), RECORD, lines(active));
  }

  private static String lines(SortedMap<String, String> hashes) {
    return hashes.entrySet().stream()
        .map(e -> e.getKey() + " " + e.getValue())
        .collect(Collectors.joining("\n"));
  }

  private static SortedMap<String, String> recorded() throws IOException {
    SortedMap<String, String> recorded = new TreeMap<>();
    for (String line : Files.readAllLines(RECORD)) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      var parts = LINE.matcher(line);
      assertThat(parts.matches()).as("'%s' in %s is an id and a hash", line, RECORD).isTrue();
      recorded.put(parts.group(1), parts.group(2));
    }
    return recorded;
  }
}
