package se.nhv.fhir.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Short ways to say what a store test puts in. */
final class Resources {

  private Resources() {}

  /** A partition that no other test uses. */
  static String partition() {
    return "SE-" + UUID.randomUUID();
  }

  static ResourceKey observation(String partition, String id) {
    return new ResourceKey(partition, "Observation", id);
  }

  static Change.Put put(ResourceKey key, String json, IndexEntry... index) {
    return put(key, null, json, null, index);
  }

  static Change.Put putExpecting(ResourceKey key, String json, long version) {
    return put(key, null, json, version);
  }

  static Change.Put putOf(ResourceKey key, String subject, String json) {
    return put(key, subject, json, null);
  }

  static Change.Put put(
      ResourceKey key,
      @Nullable String subject,
      String json,
      @Nullable Long expected,
      IndexEntry... index) {
    return new Change.Put(key, subject, List.of(index), bytes(json), expected);
  }

  static Change.Delete delete(ResourceKey key) {
    return new Change.Delete(key, null);
  }

  static byte[] bytes(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  static String text(StoredVersion version) {
    return new String(version.json(), StandardCharsets.UTF_8);
  }

  static List<String> ids(List<StoredVersion> versions) {
    return versions.stream().map(version -> version.key().id()).toList();
  }
}
