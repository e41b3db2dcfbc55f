package se.nhv.fhir.intake.bulk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Where the files of one export lie until they are read; they hold patients' data, so only their
 * owner may look, and nothing is left when the export is over.
 */
record WorkFolder(Path path) {

  /** The folder of that job below a common one, made if it is not there. */
  static WorkFolder of(Path common, URI status) {
    String name =
        UUID.nameUUIDFromBytes(status.toString().getBytes(StandardCharsets.UTF_8)).toString();
    WorkFolder folder = new WorkFolder(common.resolve(name));
    try {
      folder.create();
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the work folder " + folder.path() + " cannot be made; name another one", e);
    }
    return folder;
  }

  /** Where that file is to lie. */
  Path file(ExportFile file) {
    return path.resolve(file.localName());
  }

  /** Removes it with everything in it. */
  void delete() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the work folder " + path + " cannot be removed; it holds patients' data", e);
    }
  }

  private void create() throws IOException {
    if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      Files.createDirectories(
          path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      List<Path> begun = files.filter(it -> it.toString().endsWith(".part")).toList();
      for (Path part : begun) {
        Files.delete(part); // whether the source still has the same is not known
      }
    }
  }
}
