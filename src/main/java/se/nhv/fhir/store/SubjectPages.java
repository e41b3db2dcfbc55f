package se.nhv.fhir.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads a partition in pages of rows and hands it over subject by subject: no more than one page
 * and one subject are in memory, on both databases.
 */
final class SubjectPages {

  private static final int ROWS = 500;

  private record Row(String subject, StoredVersion version) {}

  private final JdbcTemplate jdbc;
  private final Statements statements;
  private final String partition;
  private final BiConsumer<String, List<StoredVersion>> consumer;
  private List<StoredVersion> resources = new ArrayList<>();
  private @Nullable Row last;

  SubjectPages(
      JdbcTemplate jdbc,
      Statements statements,
      String partition,
      BiConsumer<String, List<StoredVersion>> consumer) {
    this.jdbc = jdbc;
    this.statements = statements;
    this.partition = partition;
    this.consumer = consumer;
  }

  void handOver() {
    List<Row> page;
    do {
      page = page(last);
      page.forEach(this::add);
    } while (page.size() == ROWS);
    handOverLast();
  }

  private void add(Row row) {
    if (last != null && !last.subject().equals(row.subject())) {
      handOverLast();
    }
    resources.add(row.version());
    last = row;
  }

  private void handOverLast() {
    if (last != null) {
      List<StoredVersion> all = resources;
      resources = new ArrayList<>();
      consumer.accept(last.subject(), all);
    }
  }

  private List<Row> page(@Nullable Row after) {
    List<Object> arguments = new ArrayList<>(List.of(partition));
    if (after != null) {
      ResourceKey key = after.version().key();
      arguments.addAll(List.of(after.subject(), after.subject(), key.type(), key.type(), key.id()));
    }
    arguments.add(ROWS);
    return jdbc.query(
        statements.subjects(after == null),
        (row, number) -> new Row(row.getString("subject"), JdbcResourceStore.version(row, number)),
        arguments.toArray());
  }
}
