package se.nhv.fhir.intake.pull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.RefusedResource;
import se.nhv.fhir.measure.Unit;

/**
 * What came of a pull.
 *
 * @param unit whose data were asked for
 * @param queries in the order asked
 * @param notes what else there is to know, in English
 * @param deleted how many resources were deleted here because the source no longer has them
 */
public record PullOutcome(Unit unit, List<Query> queries, List<String> notes, long deleted) {

  /** Copies the lists. */
  public PullOutcome {
    queries = List.copyOf(queries);
    notes = List.copyOf(notes);
  }

  /** Without notes or deletions. */
  public PullOutcome(Unit unit, List<Query> queries) {
    this(unit, queries, List.of(), 0);
  }

  /**
   * What came of one query. A failed one says nothing of what the source holds.
   *
   * @param type the resource type asked for
   * @param url the address of the query, without secrets
   * @param pages pages that arrived whole
   * @param resources resources on those pages
   * @param changed how many were stored new or in a new version
   * @param unchanged how many were stored already
   * @param refused those that were not taken, with element and way out
   * @param notes what the source itself remarked, short of an error
   * @param failure why the query did not come to its end, with the page, or null if it did
   * @param measures the ids of the Measures that rest on what was asked for, empty if not known
   */
  public record Query(
      String type,
      String url,
      int pages,
      long resources,
      long changed,
      long unchanged,
      List<RefusedResource> refused,
      List<String> notes,
      @Nullable String failure,
      SortedSet<String> measures) {

    /** Copies the lists and the set. */
    public Query {
      refused = List.copyOf(refused);
      notes = List.copyOf(notes);
      measures = Collections.unmodifiableSortedSet(new TreeSet<>(measures));
    }

    /** One of which it is not known which Measures rest on it. */
    public Query(
        String type,
        String url,
        int pages,
        long resources,
        long changed,
        long unchanged,
        List<RefusedResource> refused,
        List<String> notes,
        @Nullable String failure) {
      this(
          type,
          url,
          pages,
          resources,
          changed,
          unchanged,
          refused,
          notes,
          failure,
          Collections.emptySortedSet());
    }

    /** The same, of which those Measures need the answer. */
    Query of(SortedSet<String> needing) {
      return new Query(
          type, url, pages, resources, changed, unchanged, refused, notes, failure, needing);
    }
  }

  /** Whether every query came to its end and every resource was taken. */
  public boolean complete() {
    return gaps().isEmpty();
  }

  /**
   * The same, with the Measures of those failed queries of which they are not known.
   *
   * @param needing the ids of the Measures that need a type
   */
  public PullOutcome touching(Function<String, SortedSet<String>> needing) {
    List<Query> known =
        queries.stream()
            .map(
                it ->
                    it.failure() != null && it.measures().isEmpty()
                        ? it.of(needing.apply(it.type()))
                        : it)
            .toList();
    return new PullOutcome(unit, known, notes, deleted);
  }

  /** Each failed query and refused resource in a line, without any patient's data. */
  public List<String> gaps() {
    List<String> gaps = new ArrayList<>();
    for (Query query : queries) {
      if (query.failure() != null) {
        gaps.add(query.type() + " from " + query.url() + ": " + query.failure() + touched(query));
      }
      query.refused().forEach(it -> gaps.add(it.text()));
    }
    return gaps;
  }

  private static String touched(Query query) {
    return query.measures().isEmpty()
        ? ""
        : "; figures touched: " + String.join(", ", query.measures());
  }
}
