package se.nhv.fhir.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The resources of one SQL schema. */
final class JdbcResourceStore implements ResourceStore {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate write;
  private final JdbcTemplate snapshotJdbc;
  private final TransactionTemplate snapshot;
  private final Statements statements;
  private final BatchWriter writer;
  private final KeptTypes kept;
  private final Purge purge;
  private final Durability durability;
  private final Clock clock;

  JdbcResourceStore(
      DataSource connections,
      Statements statements,
      KeptTypes kept,
      Durability durability,
      Clock clock) {
    this.jdbc = new JdbcTemplate(connections);
    this.write = new TransactionTemplate(new JdbcTransactionManager(connections));
    this.write.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
    // A handle of its own: what a consumer asks or writes meanwhile is not part of the snapshot.
    DataSource apart = new DelegatingDataSource(connections);
    this.snapshotJdbc = new JdbcTemplate(apart);
    this.snapshot = new TransactionTemplate(new JdbcTransactionManager(apart));
    this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
    this.snapshot.setReadOnly(true);
    this.statements = statements;
    this.writer = new BatchWriter(jdbc, statements);
    this.purge = new Purge(jdbc, statements);
    this.kept = kept;
    this.durability = durability;
    this.clock = clock;
  }

  @Override
  public List<Applied> apply(List<Change> changes) {
    changes.forEach(this::requireStorable);
    if (changes.isEmpty()) {
      return List.of();
    }
    List<Applied> applied =
        Attempts.untilThrough(
            () -> Objects.requireNonNull(write.execute(status -> applyOnce(changes))));
    durability.sync(); // also when nothing changed: what was found may be another's, not yet synced
    return applied;
  }

  private void requireStorable(Change change) {
    kept.require(change.key().type());
    StoredText.require(change.key());
    if (change instanceof Change.Put put && put.subject() != null) {
      StoredText.require(new ResourceKey(put.key().partition(), "Patient", put.subject()));
    }
  }

  /** Rows are locked only when there are some and the batch changes anything. */
  private List<Applied> applyOnce(List<Change> changes) {
    List<ResourceKey> keys = changes.stream().map(Change::key).toList();
    Map<ResourceKey, Slot.Row> rows = writer.read(keys, false);
    Fold fold = fold(changes, rows);
    if (fold.changed() && !rows.isEmpty()) {
      fold = fold(changes, writer.read(keys, true));
    }
    if (fold.changed()) {
      writer.write(fold.slots().values());
    }
    return fold.applied();
  }

  private record Fold(NavigableMap<ResourceKey, Slot> slots, List<Applied> applied) {
    boolean changed() {
      return slots.values().stream().anyMatch(Slot::changed);
    }
  }

  private Fold fold(List<Change> changes, Map<ResourceKey, Slot.Row> rows) {
    NavigableMap<ResourceKey, Slot> slots = new TreeMap<>();
    List<Applied> applied = new ArrayList<>(changes.size());
    Map<Long, Set<String>> kept = writer.historyHashes(LateChanges.of(changes, rows));
    long now = clock.millis();
    for (Change change : changes) {
      Slot slot = slots.computeIfAbsent(change.key(), key -> slot(key, rows.get(key), kept));
      applied.add(slot.apply(change, now));
    }
    return new Fold(slots, applied);
  }

  private static Slot slot(
      ResourceKey key, Slot.@Nullable Row row, Map<Long, Set<String>> historyHashes) {
    Set<String> kept = row == null ? null : historyHashes.get(row.pk());
    return new Slot(key, row, kept == null ? Set.of() : kept);
  }

  @Override
  public Optional<StoredVersion> read(ResourceKey key) {
    kept.require(key.type());
    if (!StoredText.fits(key)) {
      return Optional.empty();
    }
    return jdbc
        .query(
            statements.current, JdbcResourceStore::version, key.type(), key.partition(), key.id())
        .stream()
        .findFirst();
  }

  @Override
  public Optional<StoredVersion> read(ResourceKey key, long version) {
    return versions(key, version).stream().findFirst();
  }

  @Override
  public List<StoredVersion> history(ResourceKey key) {
    return versions(key, null);
  }

  private List<StoredVersion> versions(ResourceKey key, @Nullable Long version) {
    kept.require(key.type());
    if (!StoredText.fits(key)) {
      return List.of();
    }
    return jdbc.query(
        statements.versions,
        JdbcResourceStore::version,
        key.type(),
        key.partition(),
        key.id(),
        key.type(),
        key.partition(),
        key.id(),
        version,
        version);
  }

  @Override
  public Page search(Query query) {
    kept.require(query.type());
    if (query.count() < 1) {
      throw new IllegalArgumentException("a page takes 1 resource or more, not " + query.count());
    }
    if (query.after() != null) {
      StoredText.require(query.after());
    }
    if (query.partition() != null && !StoredText.fits(query.partition())) {
      return new Page(List.of(), 0, false);
    }
    return Objects.requireNonNull(snapshot.execute(status -> page(query)));
  }

  private Page page(Query query) {
    SearchCondition all = SearchCondition.all(query, statements);
    ResourceKey after = query.after();
    SearchCondition rest = after == null ? all : all.after(after, query.partition() != null);
    int oneMore = Math.addExact(query.count(), 1);
    List<StoredVersion> found =
        snapshotJdbc.query(
            statements.search(rest.sql()), JdbcResourceStore::version, rest.argumentsAnd(oneMore));
    boolean more = found.size() == oneMore;
    boolean whole = after == null && !more;
    long total = whole ? found.size() : count(all);
    return new Page(more ? List.copyOf(found.subList(0, query.count())) : found, total, more);
  }

  private long count(SearchCondition condition) {
    return Objects.requireNonNull(
        snapshotJdbc.queryForObject(
            statements.count(condition.sql()), Long.class, condition.arguments().toArray()));
  }

  @Override
  public void forEachSubject(String partition, BiConsumer<String, List<StoredVersion>> consumer) {
    if (StoredText.fits(partition)) {
      snapshot.executeWithoutResult(
          status -> new SubjectPages(snapshotJdbc, statements, partition, consumer).handOver());
    }
  }

  @Override
  public long countSubjects(String partition) {
    return StoredText.fits(partition)
        ? Objects.requireNonNull(
            jdbc.queryForObject(statements.countSubjects, Long.class, partition))
        : 0;
  }

  @Override
  public void forEachDeleted(String partition, Consumer<StoredVersion> lastContent) {
    if (StoredText.fits(partition)) {
      snapshot.executeWithoutResult(
          status -> {
            try (Stream<StoredVersion> all =
                snapshotJdbc.queryForStream(
                    statements.deleted, JdbcResourceStore::version, partition)) {
              all.forEach(lastContent);
            }
          });
    }
  }

  @Override
  public long purge(
      Collection<String> partitions,
      String subject,
      Collection<ResourceKey> deleted,
      Instant seen) {
    partitions.forEach(it -> StoredText.require(new ResourceKey(it, "Patient", subject)));
    long removed =
        Attempts.untilThrough(
            () ->
                Objects.requireNonNull(
                    write.execute(status -> purge.remove(partitions, subject, deleted, seen))));
    durability.sync();
    return removed;
  }

  static StoredVersion version(ResultSet row, int number) throws SQLException {
    return new StoredVersion(
        new ResourceKey(row.getString("partition_key"), row.getString("type"), row.getString("id")),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("stored")),
        row.getBoolean("deleted"),
        row.getBytes("body"));
  }
}
