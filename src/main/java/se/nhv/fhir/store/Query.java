package se.nhv.fhir.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search over current, undeleted resources of one type, ordered by partition and id.
 *
 * @param partition the partition, or null for all
 * @param type the resource type
 * @param criteria all must hold; within one criterion any value
 * @param storedFrom only versions stored at or after this instant, or null
 * @param storedTo only versions stored at or before this instant, or null
 * @param after the last key of the page before, or null for the first page
 * @param count the most to return, at least 1
 */
public record Query(
    @Nullable String partition,
    String type,
    List<Criterion> criteria,
    @Nullable Instant storedFrom,
    @Nullable Instant storedTo,
    @Nullable ResourceKey after,
    int count) {

  /**
   * A condition on one search parameter.
   *
   * @param parameter the search parameter
   * @param comparison how an index entry is compared with the value
   * @param values one or more values, any of which may match
   * @param or a condition that may hold instead, or null
   */
  public record Criterion(
      String parameter, Comparison comparison, List<String> values, @Nullable Criterion or) {

    /** A condition without alternative. */
    public Criterion(String parameter, Comparison comparison, List<String> values) {
      this(parameter, comparison, values, null);
    }

    /** This condition or that one. */
    public Criterion or(Criterion other) {
      return new Criterion(parameter, comparison, values, or == null ? other : or.or(other));
    }
  }

  /** How an index entry is compared with a value. */
  public enum Comparison {
    /** low = value. */
    EQUAL,
    /** high &gt;= value: the entry reaches to the value or past it. */
    REACHES,
    /** low &lt;= value: the entry starts at the value or before it. */
    STARTS_BY
  }
}
