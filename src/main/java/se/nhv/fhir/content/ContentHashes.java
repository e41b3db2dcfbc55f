package se.nhv.fhir.content;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.ValueSet;

/** Hashes of all that decides the figures of a Measure. */
final class ContentHashes {

  private final ContentFiles files;
  private final CqlLibraries libraries;
  private final Map<String, ValueSet> valueSets;

  ContentHashes(ContentFiles files, CqlLibraries libraries, Map<String, ValueSet> valueSets) {
    this.files = files;
    this.libraries = libraries;
    this.valueSets = valueSets;
  }

  /** SHA-256 in hex over the files of the Measure, its libraries and their value sets, by path. */
  String of(Measure measure, String libraryId) {
    SortedMap<String, byte[]> parts = new TreeMap<>();
    add(parts, ResourceReader.path(measure));
    addLibrary(parts, libraryId);
    MessageDigest digest = DigestUtils.getSha256Digest();
    parts.forEach(
        (path, bytes) -> {
          digest.update((path + '\n' + bytes.length + '\n').getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  private void addLibrary(SortedMap<String, byte[]> parts, String libraryId) {
    TranslatedLibrary library = libraries.translated(libraryId);
    add(parts, library.path());
    library.includes().forEach(id -> addLibrary(parts, id));
    for (String url : library.valueSets()) {
      ValueSet valueSet = valueSets.get(url);
      if (valueSet != null) {
        add(parts, ResourceReader.path(valueSet));
      }
    }
  }

  private void add(SortedMap<String, byte[]> parts, String path) {
    parts.put(path, files.files().getOrDefault(path, new byte[0]));
  }
}
