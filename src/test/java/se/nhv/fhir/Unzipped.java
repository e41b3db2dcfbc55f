package se.nhv.fhir;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** What a zip file, such as a workbook, says. */
public final class Unzipped {

  private Unzipped() {}

  /** Every entry's name and content, one after the other. */
  public static String text(byte[] zip) throws IOException {
    Path file = Files.createTempFile("unzipped", ".zip");
    Files.write(file, zip);
    StringBuilder text = new StringBuilder();
    try (ZipFile entries = new ZipFile(file.toFile())) {
      for (ZipEntry entry : entries.stream().toList()) {
        text.append(entry.getName()).append('\n');
        try (InputStream content = entries.getInputStream(entry)) {
          text.append(new String(content.readAllBytes(), StandardCharsets.UTF_8)).append('\n');
        }
      }
    } finally {
      Files.delete(file);
    }
    return text.toString();
  }
}
