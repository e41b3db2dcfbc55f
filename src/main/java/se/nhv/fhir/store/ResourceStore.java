package se.nhv.fhir.store;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

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

  /**
   * Hands over, of every resource of a partition that is deleted now, the last version that had
   * content: a deletion itself names no subject.
   */
  void forEachDeleted(String partition, Consumer<StoredVersion> lastContent);

  /**
   * Removes every resource of a subject with all its versions and index entries, and with them the
   * given deleted resources, for good, durably, all or nothing. Nothing is removed if anything of
   * it was stored after the given instant: then it is not what the caller has seen.
   *
   * @param partitions where the subject is removed
   * @param subject the id of the Patient
   * @param deleted resources that are deleted now and were about the subject
   * @param seen the latest moment at which any of it may have been stored
   * @return how many resources were removed
   */
  long purge(
      Collection<String> partitions, String subject, Collection<ResourceKey> deleted, Instant seen);
}
