package se.nhv.fhir.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;
import se.nhv.fhir.store.VersionConflictException;

/** A store that keeps everything in memory. */
final class InMemoryStore implements ResourceStore {

  private record Row(
      List<StoredVersion> versions, @Nullable String subject, List<IndexEntry> index) {
    StoredVersion current() {
      return versions.get(versions.size() - 1);
    }
  }

  private TreeMap<ResourceKey, Row> rows = new TreeMap<>();

  @Override
  public synchronized List<Applied> apply(List<Change> changes) {
    TreeMap<ResourceKey, Row> before = new TreeMap<>(rows);
    try {
      return changes.stream().map(this::apply).toList();
    } catch (VersionConflictException e) {
      rows = before;
      throw e;
    }
  }

  private Applied apply(Change change) {
    Row row = rows.get(change.key());
    long found = row == null ? 0 : row.current().version();
    if (change instanceof Change.Put put) {
      expect(change.key(), put.expectedVersion(), found);
      if (row != null
          && !row.current().deleted()
          && Arrays.equals(row.current().json(), put.json())) {
        return answer(row.current(), Applied.Effect.UNCHANGED);
      }
      boolean fresh = row == null || row.current().deleted();
      StoredVersion version =
          new StoredVersion(put.key(), found + 1, Instant.now(), false, put.json());
      rows.put(put.key(), new Row(append(row, version), put.subject(), put.index()));
      return answer(version, fresh ? Applied.Effect.CREATED : Applied.Effect.UPDATED);
    }
    Change.Delete delete = (Change.Delete) change;
    expect(change.key(), delete.expectedVersion(), found);
    if (row == null || row.current().deleted()) {
      return new Applied(change.key(), found, Instant.now(), Applied.Effect.UNCHANGED);
    }
    StoredVersion version =
        new StoredVersion(change.key(), found + 1, Instant.now(), true, new byte[0]);
    rows.put(change.key(), new Row(append(row, version), null, List.of()));
    return answer(version, Applied.Effect.DELETED);
  }

  private static void expect(ResourceKey key, @Nullable Long expected, long found) {
    if (expected != null && expected != found) {
      throw new VersionConflictException(key, expected, found);
    }
  }

  private static List<StoredVersion> append(@Nullable Row row, StoredVersion version) {
    List<StoredVersion> versions = new ArrayList<>(row == null ? List.of() : row.versions());
    versions.add(version);
    return versions;
  }

  private static Applied answer(StoredVersion version, Applied.Effect effect) {
    return new Applied(version.key(), version.version(), version.stored(), effect);
  }

  @Override
  public synchronized Optional<StoredVersion> read(ResourceKey key) {
    return Optional.ofNullable(rows.get(key)).map(Row::current);
  }

  @Override
  public synchronized Optional<StoredVersion> read(ResourceKey key, long version) {
    return history(key).stream().filter(it -> it.version() == version).findFirst();
  }

  @Override
  public synchronized List<StoredVersion> history(ResourceKey key) {
    Row row = rows.get(key);
    List<StoredVersion> versions = new ArrayList<>(row == null ? List.of() : row.versions());
    java.util.Collections.reverse(versions);
    return versions;
  }

  @Override
  public synchronized Page search(Query query) {
    List<StoredVersion> found =
        rows.entrySet().stream()
            .filter(it -> it.getKey().type().equals(query.type()))
            .filter(it -> it.getKey().partition().equals(query.partition()))
            .filter(it -> !it.getValue().current().deleted())
            .filter(it -> query.criteria().stream().allMatch(c -> matches(it.getValue(), c)))
            .map(it -> it.getValue().current())
            .toList();
    List<StoredVersion> page = found.stream().limit(query.count()).toList();
    return new Page(page, found.size(), page.size() < found.size());
  }

  private static boolean matches(Row row, Query.Criterion criterion) {
    return row.index().stream()
        .anyMatch(
            it ->
                it.parameter().equals(criterion.parameter())
                    && criterion.values().contains(it.low()));
  }

  @Override
  public synchronized void forEachSubject(
      String partition, BiConsumer<String, List<StoredVersion>> consumer) {
    Map<String, List<StoredVersion>> subjects = new TreeMap<>();
    rows.forEach(
        (key, row) -> {
          if (key.partition().equals(partition) && row.subject() != null) {
            subjects.computeIfAbsent(row.subject(), it -> new ArrayList<>()).add(row.current());
          }
        });
    subjects.forEach(consumer);
  }

  @Override
  public synchronized long countSubjects(String partition) {
    return rows.entrySet().stream()
        .filter(it -> it.getKey().partition().equals(partition))
        .map(it -> it.getValue().subject())
        .filter(java.util.Objects::nonNull)
        .distinct()
        .count();
  }
}
