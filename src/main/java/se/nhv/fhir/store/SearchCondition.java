package se.nhv.fhir.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The SQL condition of a query and its arguments, in order.
 *
 * @param sql over the alias {@code r}
 * @param arguments text and whole numbers
 */
record SearchCondition(String sql, List<Object> arguments) {

  /** All matches of the query, on whatever page. */
  static SearchCondition all(Query query, Statements statements) {
    List<String> parts = new ArrayList<>(List.of("r.type = ?", "not r.deleted"));
    List<Object> arguments = new ArrayList<>(List.of(query.type()));
    if (query.partition() != null) {
      parts.add("r.partition_key = ?");
      arguments.add(query.partition());
    }
    if (query.storedFrom() != null) {
      parts.add("r.stored >= ?");
      arguments.add(firstMillisecondFrom(query.storedFrom()));
    }
    if (query.storedTo() != null) {
      parts.add("r.stored <= ?");
      arguments.add(query.storedTo().toEpochMilli());
    }
    for (Query.Criterion criterion : query.criteria()) {
      List<String> alternatives = new ArrayList<>();
      for (Query.Criterion one = criterion; one != null; one = one.or()) {
        alternatives.add(part(query.type(), one, statements, arguments));
      }
      parts.add("(" + String.join(" or ", alternatives) + ")");
    }
    return new SearchCondition(String.join(" and ", parts), arguments);
  }

  /** Those of these that come after the key. */
  SearchCondition after(ResourceKey key, boolean onePartition) {
    List<Object> more = new ArrayList<>(arguments);
    if (onePartition) {
      more.add(key.id());
      return new SearchCondition(sql + " and r.id > ?", more);
    }
    Collections.addAll(more, key.partition(), key.partition(), key.id());
    return new SearchCondition(
        sql + " and r.partition_key >= ? and (r.partition_key > ? or r.id > ?)", more);
  }

  /** The arguments with one more at the end. */
  Object[] argumentsAnd(int last) {
    List<Object> more = new ArrayList<>(arguments);
    more.add(last);
    return more.toArray();
  }

  private static String part(
      String type, Query.Criterion criterion, Statements statements, List<Object> arguments) {
    if (criterion.values().isEmpty()) {
      return "1 = 0";
    }
    int values = criterion.values().size();
    if (criterion.comparison() == Query.Comparison.EQUAL) {
      for (String value : criterion.values()) {
        Collections.addAll(arguments, type, criterion.parameter(), StoredText.indexed(value));
      }
      return statements.indexed(
          "(i.type, i.parameter, i.low) in (" + Statements.repeated("(?, ?, ?)", values) + ")");
    }
    String compared =
        criterion.comparison() == Query.Comparison.REACHES ? "i.high >= ?" : "i.low <= ?";
    Collections.addAll(arguments, type, criterion.parameter());
    criterion.values().forEach(value -> arguments.add(StoredText.indexed(value)));
    return statements.indexed(
        "i.type = ? and i.parameter = ? and ("
            + String.join(" or ", Collections.nCopies(values, compared))
            + ")");
  }

  private static long firstMillisecondFrom(Instant instant) {
    long floor = instant.toEpochMilli();
    return Instant.ofEpochMilli(floor).isBefore(instant) ? floor + 1 : floor;
  }
}
