package se.nhv.fhir.cli;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.Canonicals;

/**
 * Writes files to a folder, a MeasureReport each among them; a file is there whole or not at all.
 */
final class ReportFiles {

  private final Path folder;

  ReportFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes {@code <name>-<version>.json} and answers its path. */
  Path write(MeasureReport report) throws IOException {
    String json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setPrettyPrint(true)
            .encodeResourceToString(report);
    String measure = report.getMeasure().substring((Canonicals.ROOT + "/Measure/").length());
    return write(
        measure.replace('|', '-') + ".json", (json + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file of that name and answers its path. */
  Path write(String name, byte[] content) throws IOException {
    Path target = folder.resolve(name);
    Files.createDirectories(folder);
    Path half = Files.createTempFile(folder, ".", ".tmp");
    try {
      Files.write(half, content);
      try (FileChannel channel = FileChannel.open(half, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(half);
    }
    return target;
  }
}
