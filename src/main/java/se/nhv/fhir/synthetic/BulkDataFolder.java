package se.nhv.fhir.synthetic;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import se.nhv.fhir.measure.RawResource;

/**
 * A folder in the layout of FHIR Bulk Data: one file a type ({@code Patient.ndjson}, {@code
 * Procedure.ndjson} ...), one resource a line, UTF-8.
 */
public final class BulkDataFolder implements Closeable {

  private final Path folder;
  private final Map<String, OutputStream> files = new TreeMap<>();

  private BulkDataFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Writes a unit and its patients, one by one, into a folder, which is made if it is not there.
   *
   * @throws java.nio.file.FileAlreadyExistsException if the folder holds such a file already
   */
  public static void write(Path folder, SyntheticUnit unit, Stream<SyntheticPatient> patients)
      throws IOException {
    Files.createDirectories(folder);
    try (BulkDataFolder target = new BulkDataFolder(folder)) {
      target.append(SyntheticPatient.raw(unit.organization()));
      for (Iterator<SyntheticPatient> each = patients.iterator(); each.hasNext(); ) {
        for (RawResource resource : each.next().record().resources()) {
          target.append(resource);
        }
      }
    }
  }

  private void append(RawResource resource) throws IOException {
    OutputStream file = files.get(resource.type());
    if (file == null) {
      file =
          new BufferedOutputStream(
              Files.newOutputStream(
                  folder.resolve(resource.type() + ".ndjson"), StandardOpenOption.CREATE_NEW),
              1 << 16);
      files.put(resource.type(), file);
    }
    file.write(resource.json());
    file.write('\n');
  }

  @Override
  public void close() throws IOException {
    for (OutputStream file : files.values()) {
      file.close();
    }
  }
}
