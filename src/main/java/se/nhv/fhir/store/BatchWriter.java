package se.nhv.fhir.store;

import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * Locks, reads and writes the rows of a batch with a few statements. Rows are locked and inserted
 * in the order of their keys, so that two batches wait for each other in one direction only.
 */
final class BatchWriter {

  private static final int ROWS = 1000;

  private static final RowMapper<Slot.Row> ROW =
      (row, number) ->
          new Slot.Row(
              row.getLong("pk"),
              new ResourceKey(
                  row.getString("partition_key"), row.getString("type"), row.getString("id")),
              row.getLong("version"),
              row.getLong("stored"),
              row.getBoolean("deleted"),
              row.getBytes("hash"),
              row.getBytes("index_hash"),
              instant(row.getString("source_time")),
              row.getLong("last_version"),
              row.getLong("last_stored"));

  /** What is written of a slot: its row, and its index entries unless those stand already. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Write(Slot slot, long pk, Set<IndexEntry> index, byte[] indexHash) {

    static Write of(Slot slot, long pk) {
      Set<IndexEntry> index = slot.index();
      return new Write(slot, pk, index, Slot.indexHash(index));
    }

    boolean changesIndex() {
      return slot.row == null || !Arrays.equals(slot.row.indexHash(), indexHash);
    }
  }

  private record Entry(Write write, IndexEntry entry) {}

  private record Former(long pk, Slot.Superseded version) {}

  private final JdbcTemplate jdbc;
  private final Statements statements;
  private final KeyBlocks keys;

  BatchWriter(JdbcTemplate jdbc, Statements statements) {
    this.jdbc = jdbc;
    this.statements = statements;
    this.keys = new KeyBlocks(jdbc, statements.nextKeyBlock);
  }

  /** The rows that are there, on demand locked until the transaction ends. */
  Map<ResourceKey, Slot.Row> read(Collection<ResourceKey> wanted, boolean lock) {
    List<ResourceKey> sorted = new ArrayList<>(new TreeSet<>(wanted));
    Map<ResourceKey, Slot.Row> found = new HashMap<>();
    for (int from = 0; from < sorted.size(); from += Statements.KEYS) {
      List<ResourceKey> some =
          sorted.subList(from, Math.min(from + Statements.KEYS, sorted.size()));
      for (Slot.Row row : jdbc.query(statements.rows(padded(some.size()), lock), ROW, keys(some))) {
        found.put(row.key(), row);
      }
    }
    return found;
  }

  /** A power of two, so that few different statements are prepared. */
  private static int padded(int size) {
    return size == 1 ? 1 : Integer.highestOneBit(size - 1) << 1;
  }

  private static Object[] keys(List<ResourceKey> some) {
    Object[] arguments = new Object[3 * padded(some.size())];
    for (int i = 0; i < arguments.length / 3; i++) {
      ResourceKey key = some.get(Math.min(i, some.size() - 1));
      arguments[3 * i] = key.partition();
      arguments[3 * i + 1] = key.type();
      arguments[3 * i + 2] = key.id();
    }
    return arguments;
  }

  /** The hashes of what the histories of those rows hold, in hexadecimal by primary key. */
  Map<Long, Set<String>> historyHashes(Collection<Long> rows) {
    Map<Long, Set<String>> found = new HashMap<>();
    if (!rows.isEmpty()) {
      jdbc.query(
          statements.historyHashes,
          prepared -> prepared.setArray(1, bigints(prepared, rows.toArray(Long[]::new))),
          row -> {
            found
                .computeIfAbsent(row.getLong("pk"), pk -> new HashSet<>())
                .add(HexFormat.of().formatHex(row.getBytes("hash")));
          });
    }
    return found;
  }

  private static Array bigints(PreparedStatement prepared, Long[] pks) throws SQLException {
    return prepared.getConnection().createArrayOf("bigint", pks);
  }

  private static @Nullable Instant instant(@Nullable String text) {
    return text == null ? null : Instant.parse(text);
  }

  /** Writes what has changed; the slots come in the order of their keys. */
  void write(Collection<Slot> slots) {
    List<Write> inserts = new ArrayList<>();
    List<Write> updates = new ArrayList<>();
    List<Write> late = new ArrayList<>();
    for (Slot slot : slots) {
      if (slot.changed() && slot.row == null) {
        inserts.add(Write.of(slot, keys.next()));
      } else if (slot.changed() && slot.row != null) {
        (slot.advanced() ? updates : late).add(Write.of(slot, slot.row.pk()));
      }
    }
    withKeys(statements.copyToHistory, updates);
    withKeys(statements.deleteIndex, updates.stream().filter(Write::changesIndex).toList());
    jdbc.batchUpdate(statements.updateResource, updates, ROWS, BatchWriter::content);
    jdbc.batchUpdate(statements.insertResource, inserts, ROWS, BatchWriter::inserted);
    jdbc.batchUpdate(statements.updateLast, late, ROWS, BatchWriter::last);
    List<Former> former = new ArrayList<>();
    List<Entry> entries = new ArrayList<>();
    for (List<Write> some : List.of(inserts, updates)) {
      former(some, former);
      entries(some, entries);
    }
    former(late, former);
    jdbc.batchUpdate(statements.insertHistory, former, ROWS, BatchWriter::former);
    jdbc.batchUpdate(statements.insertIndex, entries, ROWS, BatchWriter::entry);
  }

  private void withKeys(String statement, List<Write> writes) {
    if (!writes.isEmpty()) {
      Long[] pks = writes.stream().map(Write::pk).toArray(Long[]::new);
      jdbc.update(statement, prepared -> prepared.setArray(1, bigints(prepared, pks)));
    }
  }

  private static void former(List<Write> writes, List<Former> into) {
    for (Write write : writes) {
      write.slot().superseded().forEach(version -> into.add(new Former(write.pk(), version)));
    }
  }

  private static void entries(List<Write> writes, List<Entry> into) {
    for (Write write : writes) {
      if (write.changesIndex()) {
        write.index().forEach(entry -> into.add(new Entry(write, entry)));
      }
    }
  }

  private static void content(PreparedStatement statement, Write write) throws SQLException {
    Slot slot = write.slot();
    statement.setLong(1, slot.version());
    statement.setLong(2, slot.stored());
    statement.setBoolean(3, slot.deleted());
    statement.setString(4, slot.subject());
    statement.setBytes(5, slot.hash());
    statement.setBytes(6, write.indexHash());
    statement.setBytes(7, slot.body());
    Instant sourceTime = slot.sourceTime();
    statement.setString(8, sourceTime == null ? null : sourceTime.toString());
    statement.setLong(9, slot.lastVersion());
    statement.setLong(10, slot.lastStored());
    statement.setLong(11, write.pk());
  }

  private static void last(PreparedStatement statement, Write write) throws SQLException {
    statement.setLong(1, write.slot().lastVersion());
    statement.setLong(2, write.slot().lastStored());
    statement.setLong(3, write.pk());
  }

  private static void inserted(PreparedStatement statement, Write write) throws SQLException {
    content(statement, write);
    ResourceKey key = write.slot().key;
    statement.setString(12, key.partition());
    statement.setString(13, key.type());
    statement.setString(14, key.id());
  }

  private static void former(PreparedStatement statement, Former former) throws SQLException {
    statement.setLong(1, former.pk());
    statement.setLong(2, former.version().version());
    statement.setLong(3, former.version().stored());
    statement.setBoolean(4, former.version().deleted());
    statement.setBytes(5, former.version().hash());
    statement.setBytes(6, former.version().body());
  }

  private static void entry(PreparedStatement statement, Entry row) throws SQLException {
    statement.setLong(1, row.write().pk());
    statement.setString(2, row.write().slot().key.type());
    statement.setString(3, row.entry().parameter());
    statement.setString(4, row.entry().low());
    statement.setString(5, row.entry().high());
  }
}
