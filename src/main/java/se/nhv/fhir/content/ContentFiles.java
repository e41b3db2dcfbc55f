package se.nhv.fhir.content;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * Every file below {@code measures-fhir/} and {@code profiles/}, by its path from there with {@code
 * /}.
 *
 * @param files the bytes of each file, in the order of their paths; not to be changed
 */
public record ContentFiles(SortedMap<String, byte[]> files) {

  private static final List<String> ROOTS = List.of("measures-fhir", "profiles");

  /** Keeps an unmodifiable view. */
  public ContentFiles {
    files = Collections.unmodifiableSortedMap(files);
  }

  /**
   * The content that is packed with the program.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static ContentFiles packed() {
    SortedMap<String, byte[]> files = new TreeMap<>();
    PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
    try {
      for (String root : ROOTS) {
        for (Resource file : resolver.getResources("classpath*:" + root + "/**")) {
          if (!file.isReadable()) {
            continue; // a folder
          }
          String url = file.getURL().toString();
          String path = url.substring(url.lastIndexOf("/" + root + "/") + 1);
          try (InputStream in = file.getInputStream()) {
            files.put(path, in.readAllBytes());
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the packed content cannot be read: " + e.getMessage(), e);
    }
    return new ContentFiles(files);
  }

  /**
   * The content in a folder that holds {@code measures-fhir/} and {@code profiles/}.
   *
   * @throws UncheckedIOException if it cannot be read
   */
  public static ContentFiles in(Path folder) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    for (String root : ROOTS) {
      try (Stream<Path> walk = Files.walk(folder.resolve(root))) {
        for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
          String path = folder.relativize(file).toString().replace('\\', '/');
          files.put(path, Files.readAllBytes(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(
            folder + " cannot be read as content (measures-fhir/ and profiles/): " + e.getMessage(),
            e);
      }
    }
    return new ContentFiles(files);
  }

  /** The files whose path starts and ends so, in order. */
  SortedMap<String, byte[]> under(String prefix, String suffix) {
    SortedMap<String, byte[]> found = new TreeMap<>();
    files.forEach(
        (path, bytes) -> {
          if (path.startsWith(prefix) && path.endsWith(suffix)) {
            found.put(path, bytes);
          }
        });
    return found;
  }
}
