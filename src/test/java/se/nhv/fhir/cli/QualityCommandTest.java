package se.nhv.fhir.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class QualityCommandTest {

  @TempDir private Path folder;

  private Ran quality(String... more) throws IOException {
    Path data = folder.resolve("data");
    if (!Files.exists(data)) {
      UnitFiles.ndjson(data, UnitFiles.resources());
    }
    List<String> arguments =
        new java.util.ArrayList<>(
            List.of("quality", "--data", data.toString(), "--area", "net", "--reporting-year"));
    arguments.addAll(List.of("2025", "--as-of", "2025-03-15"));
    arguments.addAll(List.of("--unit", UnitFiles.UNIT.unit().hsaId()));
    arguments.addAll(List.of(more));
    return Ran.nhv(arguments.toArray(String[]::new));
  }

  @Test
  void itTellsByMeasureInSwedishWithin100ColumnsAndWritesTheTable() throws IOException {
    Path csv = folder.resolve("fel.csv");
    Ran ran = quality("--csv", csv.toString());
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.INCOMPLETE);
    assertThat(ran.out()).contains("T1 Tid till MDK (NETT1-2.0.0)", "Vad man gör åt det");
    assertThat(ran.out().lines()).allMatch(it -> it.length() <= 100);
    assertThat(Files.readString(csv)).startsWith("\uFEFFmått;regel;");
  }

  @Test
  void itTellsInEnglishToo() throws IOException {
    assertThat(quality("--english").out()).contains("What to do about it", " errors, ");
  }

  @Test
  void aFolderThatIsNotThereIsWrongUsage() {
    Ran ran = Ran.nhv("quality", "--unit", "SE0000000000-A", "--data", folder + "/none");
    assertThat(ran.code()).isEqualTo(ExitCode.USAGE);
  }
}
