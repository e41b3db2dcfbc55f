package se.nhv.fhir.publication;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Applied.Effect;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/** Keeps the bytes of new resources, so that thousands of stores can be made in no time. */
final class StoreInMemory implements ResourceStore {

  private final TreeMap<String, StoredVersion> kept = new TreeMap<>();

  @Override
  public List<Applied> apply(List<Change> changes) {
    List<Applied> applied = new ArrayList<>();
    for (Change change : changes) {
      Change.Put put = (Change.Put) change;
      StoredVersion first = new StoredVersion(put.key(), 1, Instant.EPOCH, false, put.json());
      if (kept.putIfAbsent(place(put.key()), first) != null) {
        throw new IllegalStateException(put.key() + " is kept already");
      }
      applied.add(new Applied(put.key(), 1, Instant.EPOCH, Effect.CREATED));
    }
    return applied;
  }

  @Override
  public Optional<StoredVersion> read(ResourceKey key) {
    return Optional.ofNullable(kept.get(place(key)));
  }

  @Override
  public Optional<StoredVersion> read(ResourceKey key, long version) {
    return read(key);
  }

  @Override
  public Page search(Query query) {
    List<StoredVersion> found =
        kept.values().stream()
            .filter(it -> it.key().partition().equals(query.partition()))
            .filter(it -> it.key().type().equals(query.type()))
            .toList();
    return new Page(found, found.size(), false);
  }

  private static String place(ResourceKey key) {
    return key.partition() + "/" + key;
  }

  @Override
  public List<StoredVersion> history(ResourceKey key) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forEachSubject(String partition, BiConsumer<String, List<StoredVersion>> consumer) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long countSubjects(String partition) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void forEachDeleted(String partition, Consumer<StoredVersion> lastContent) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long purge(
      Collection<String> partitions,
      String subject,
      Collection<ResourceKey> deleted,
      Instant seen) {
    throw new UnsupportedOperationException();
  }
}
