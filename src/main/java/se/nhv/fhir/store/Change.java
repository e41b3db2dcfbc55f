package se.nhv.fhir.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change of an atomic batch. */
public sealed interface Change {

  /** What is changed. */
  ResourceKey key();

  /**
   * Writes a new version, unless the stored current version has the same bytes.
   *
   * @param key the identity
   * @param subject the id of the Patient whom the resource is about (its own id for a Patient), or
   *     null
   * @param index every value under which the resource is found
   * @param json the resource in UTF-8
   * @param expectedVersion the version that must be current (If-Match), 0 for "must not exist", or
   *     null for any
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Put(
      ResourceKey key,
      @Nullable String subject,
      List<IndexEntry> index,
      byte[] json,
      @Nullable Long expectedVersion)
      implements Change {}

  /**
   * Marks the resource as deleted; its history stays. Deleting what is not there has no effect.
   *
   * @param key the identity
   * @param expectedVersion the version that must be current (If-Match), or null for any
   */
  record Delete(ResourceKey key, @Nullable Long expectedVersion) implements Change {}
}
