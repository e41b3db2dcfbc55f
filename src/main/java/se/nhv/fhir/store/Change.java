package se.nhv.fhir.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of an atomic batch. */
public sealed interface Change {

  /** What is changed. */
  ResourceKey key();

  /**
   * Writes a new version, unless the stored current version has the same bytes.
   *
   * <p>When both say when their source last changed them, one that is strictly older than the
   * current version, or than what a deletion has deleted, comes late: it gets the next version
   * number and stands in the history only, once however often it comes.
   *
   * @param key the identity
   * @param subject the id of the Patient whom the resource is about (its own id for a Patient), or
   *     null
   * @param index every value under which the resource is found
   * @param json the resource in UTF-8
   * @param expectedVersion the version that must be current (If-Match), 0 for "must not exist", or
   *     null for any
   * @param lastUpdated when its source last changed it, as exactly as the source says, or null if
   *     that is not known: then the order of arrival counts
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Put(
      ResourceKey key,
      @Nullable String subject,
      List<IndexEntry> index,
      byte[] json,
      @Nullable Long expectedVersion,
      @Nullable Instant lastUpdated)
      implements Change {

    /** What has no source but this server: the order of arrival counts. */
    public Put(
        ResourceKey key,
        @Nullable String subject,
        List<IndexEntry> index,
        byte[] json,
        @Nullable Long expectedVersion) {
      this(key, subject, index, json, expectedVersion, null);
    }
  }

  /**
   * Marks the resource as deleted; its history stays. Deleting what is not there has no effect.
   *
   * @param key the identity
   * @param expectedVersion the version that must be current (If-Match), or null for any
   */
  record Delete(ResourceKey key, @Nullable Long expectedVersion) implements Change {}
}
