package se.nhv.fhir.store;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Versioned FHIR resources. Safe for use by many threads at once. */
public interface ResourceStore {

  /**
   * Applies all changes or none, durably, and answers in their order.
   *
   * @throws VersionConflictException if an expected version is not the current one
   */
  List<Applied> apply(List<Change> changes);

  /** The current version, which may be a deletion; empty if there never was one. */
  Optional<StoredVersion> read(ResourceKey key);

  /** That version; empty if there is none. */
  Optional<StoredVersion> read(ResourceKey key, long version);

  /**
   * Every version, the one stored last first. That is the current one unless versions came late,
   * which have higher numbers and were never current.
   */
  List<StoredVersion> history(ResourceKey key);

  /** One page of the current resources that match. */
  Page search(Query query);

  /**
   * Hands over every subject of a partition with all its current resources, one subject at a time
   * in the order of their ids, in one consistent snapshot.
   */
  void forEachSubject(String partition, BiConsumer<String, List<StoredVersion>> consumer);

  /** How many different subjects the partition holds. */
  long countSubjects(String partition);
}
