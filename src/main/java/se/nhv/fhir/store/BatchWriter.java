package se.nhv.fhir.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
              row.getBytes("hash"));

  private record Entry(long pk, String type, String parameter, String low, String high) {}

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

  /** Writes what has changed; the slots come in the order of their keys. */
  void write(Collection<Slot> slots) {
    Map<Slot, Long> inserts = new LinkedHashMap<>();
    Map<Slot, Long> updates = new LinkedHashMap<>();
    for (Slot slot : slots) {
      if (slot.changed() && slot.row == null) {
        inserts.put(slot, keys.next());
      } else if (slot.changed() && slot.row != null) {
        updates.put(slot, slot.row.pk());
      }
    }
    if (!updates.isEmpty()) {
      withKeys(statements.copyToHistory, updates.values());
      withKeys(statements.deleteIndex, updates.values());
      jdbc.batchUpdate(statements.updateResource, updates.entrySet(), ROWS, BatchWriter::content);
    }
    jdbc.batchUpdate(statements.insertResource, inserts.entrySet(), ROWS, BatchWriter::inserted);
    writeBeside(inserts);
    writeBeside(updates);
  }

  private void withKeys(String statement, Collection<Long> pks) {
    jdbc.update(
        statement,
        prepared ->
            prepared.setArray(
                1, prepared.getConnection().createArrayOf("bigint", pks.toArray(Long[]::new))));
  }

  private void writeBeside(Map<Slot, Long> written) {
    List<Entry> entries = new ArrayList<>();
    List<Former> former = new ArrayList<>();
    written.forEach(
        (slot, pk) -> {
          slot.superseded().forEach(version -> former.add(new Former(pk, version)));
          entries.addAll(entries(slot, pk));
        });
    jdbc.batchUpdate(statements.insertHistory, former, ROWS, BatchWriter::former);
    jdbc.batchUpdate(statements.insertIndex, entries, ROWS, BatchWriter::entry);
  }

  private static Collection<Entry> entries(Slot slot, long pk) {
    Collection<Entry> entries = new LinkedHashSet<>();
    for (IndexEntry entry : slot.index()) {
      entries.add(
          new Entry(
              pk,
              slot.key.type(),
              entry.parameter(),
              StoredText.indexed(entry.low()),
              StoredText.indexed(entry.high())));
    }
    return entries;
  }

  private static void content(PreparedStatement statement, Map.Entry<Slot, Long> row)
      throws SQLException {
    Slot slot = row.getKey();
    statement.setLong(1, slot.version());
    statement.setLong(2, slot.stored());
    statement.setBoolean(3, slot.deleted());
    statement.setString(4, slot.subject());
    statement.setBytes(5, slot.hash());
    statement.setBytes(6, slot.body());
    statement.setLong(7, row.getValue());
  }

  private static void inserted(PreparedStatement statement, Map.Entry<Slot, Long> row)
      throws SQLException {
    content(statement, row);
    ResourceKey key = row.getKey().key;
    statement.setString(8, key.partition());
    statement.setString(9, key.type());
    statement.setString(10, key.id());
  }

  private static void former(PreparedStatement statement, Former former) throws SQLException {
    statement.setLong(1, former.pk());
    statement.setLong(2, former.version().version());
    statement.setLong(3, former.version().stored());
    statement.setBoolean(4, former.version().deleted());
    statement.setBytes(5, former.version().body());
  }

  private static void entry(PreparedStatement statement, Entry entry) throws SQLException {
    statement.setLong(1, entry.pk());
    statement.setString(2, entry.type());
    statement.setString(3, entry.parameter());
    statement.setString(4, entry.low());
    statement.setString(5, entry.high());
  }
}
