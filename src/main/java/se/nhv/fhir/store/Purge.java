package se.nhv.fhir.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** Removes rows for good, within a transaction of its caller. */
final class Purge {

  private static final RowMapper<Row> ROW =
      (row, number) -> new Row(row.getLong("pk"), row.getLong("stored"));

  private record Row(long pk, long stored) {}

  private final JdbcTemplate jdbc;
  private final Statements statements;

  Purge(JdbcTemplate jdbc, Statements statements) {
    this.jdbc = jdbc;
    this.statements = statements;
  }

  /** How many resources were removed: all of them, or none if one is newer than seen. */
  long remove(
      Collection<String> partitions,
      String subject,
      Collection<ResourceKey> deleted,
      Instant seen) {
    List<Row> rows = new ArrayList<>();
    for (String partition : new TreeSet<>(partitions)) {
      rows.addAll(jdbc.query(statements.ofSubject, ROW, partition, subject));
    }
    for (ResourceKey key : new TreeSet<>(deleted)) {
      rows.addAll(jdbc.query(statements.deletedOne, ROW, key.type(), key.partition(), key.id()));
    }
    long latest = seen.toEpochMilli();
    if (rows.isEmpty() || rows.stream().anyMatch(row -> row.stored() > latest)) {
      return 0;
    }
    Long[] pks = rows.stream().map(Row::pk).toArray(Long[]::new);
    for (String statement :
        List.of(statements.deleteIndex, statements.purgeHistory, statements.purgeResource)) {
      jdbc.update(
          statement,
          prepared -> prepared.setArray(1, prepared.getConnection().createArrayOf("bigint", pks)));
    }
    return rows.size();
  }
}
