package se.nhv.fhir.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A copy in a folder of the content of this checkout, with few of its cases, to be broken. */
record CopiedContent(Path folder) {

  private static final String SOME_CASES = CaseReader.FOLDER + "NETB1-2.0.0/flera-";

  static CopiedContent in(Path folder) throws IOException {
    for (var file : ContentFiles.in(Path.of("")).files().entrySet()) {
      String path = file.getKey();
      if (!path.startsWith(CaseReader.FOLDER) || path.startsWith(SOME_CASES)) {
        Path copy = folder.resolve(path);
        Files.createDirectories(copy.getParent());
        Files.write(copy, file.getValue());
      }
    }
    return new CopiedContent(folder);
  }

  void write(String path, String text) throws IOException {
    Files.createDirectories(folder.resolve(path).getParent());
    Files.writeString(folder.resolve(path), text);
  }

  /** Replaces a text that must be there, the first time that it stands there. */
  void replace(String path, String text, String by) throws IOException {
    String before = Files.readString(folder.resolve(path));
    assertThat(before).contains(text);
    int at = before.indexOf(text);
    write(path, before.substring(0, at) + by + before.substring(at + text.length()));
  }

  void copy(String path, String to) throws IOException {
    write(to, Files.readString(folder.resolve(path)));
  }

  void move(String path, String to) throws IOException {
    copy(path, to);
    remove(path);
  }

  void remove(String path) throws IOException {
    Files.delete(folder.resolve(path));
  }

  Content load() {
    return Content.load(ContentFiles.in(folder));
  }

  /** What loading it complains of. */
  List<ContentFault> faults() {
    return catchThrowableOfType(InvalidContentException.class, this::load).faults();
  }

  /** What reading its cases complains of. */
  List<ContentFault> caseFaults() {
    Content content = load();
    return catchThrowableOfType(InvalidContentException.class, content::cases).faults();
  }
}
