package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.delete;
import static se.nhv.fhir.store.Resources.ids;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.Query.Criterion;

/** What every store promises of searches. */
interface SearchContract {

  StoreDatabase database();

  private ResourceStore store() {
    return database().intake();
  }

  @Test
  default void pages_follow_each_other_by_key_and_leave_out_what_is_deleted() {
    String partition = partition();
    List<Change> changes = new ArrayList<>();
    IntStream.range(0, 25).forEach(i -> changes.add(put(id(partition, i), "x" + i)));
    store().apply(changes);
    store().apply(List.of(delete(id(partition, 3)), delete(id(partition, 24))));
    List<String> found = new ArrayList<>();
    ResourceKey after = null;
    Page page;
    do {
      page = store().search(query(partition, after, 10));
      assertThat(page.total()).isEqualTo(23);
      found.addAll(ids(page.versions()));
      after = page.versions().get(page.versions().size() - 1).key();
    } while (page.more());
    assertThat(found)
        .containsExactlyElementsOf(
            IntStream.range(0, 24)
                .filter(i -> i != 3)
                .mapToObj(i -> id(partition, i).id())
                .toList());
    assertThat(store().search(query(partition, after, 10)).versions()).isEmpty();
  }

  @Test
  default void a_page_that_ends_with_the_last_resource_says_so() {
    String partition = partition();
    store().apply(List.of(put(id(partition, 1), "a"), put(id(partition, 2), "b")));
    assertThat(store().search(query(partition, null, 2)).more()).isFalse();
    assertThat(store().search(query(partition, null, 1)).more()).isTrue();
    assertThat(store().search(query(partition, id(partition, 1), 1)).more()).isFalse();
  }

  @Test
  default void all_partitions_are_searched_in_the_order_of_partition_and_id() {
    String mark = partition();
    List<String> partitions = List.of("A" + mark, "B" + mark, "a" + mark, "Å" + mark);
    List<Change> changes = new ArrayList<>();
    for (String partition : partitions) {
      for (String id : List.of("1", "Z", "a", "ä", "ö")) {
        changes.add(
            put(observation(partition, id), partition + id, IndexEntry.token("mark", mark)));
      }
    }
    Collections.shuffle(changes, new Random(1));
    store().apply(changes);
    List<ResourceKey> found = new ArrayList<>();
    Page page;
    do {
      ResourceKey after = found.isEmpty() ? null : found.get(found.size() - 1);
      page =
          store()
              .search(
                  new Query(null, "Observation", List.of(is("mark", mark)), null, null, after, 3));
      page.versions().forEach(version -> found.add(version.key()));
    } while (page.more());
    assertThat(found).hasSize(20).isSorted();
    assertThat(page.total()).isEqualTo(20);
  }

  @Test
  default void a_token_is_found_by_its_exact_bytes() {
    String partition = partition();
    store()
        .apply(
            List.of(
                put(id(partition, 1), "a", IndexEntry.token("code", "s|Åäö")),
                put(id(partition, 2), "b", IndexEntry.token("code", "s|åäö")),
                put(id(partition, 3), "c", IndexEntry.token("other", "s|Åäö")),
                put(id(partition, 4), "d", IndexEntry.token("code", "s|%"))));
    assertThat(found(partition, is("code", "s|Åäö"))).containsExactly("id001");
    assertThat(found(partition, is("code", "s|Åäö", "s|%"))).containsExactly("id001", "id004");
    assertThat(found(partition, is("code", "s|ÅÄÖ"))).isEmpty();
    assertThat(found(partition, is("code"))).isEmpty();
  }

  @Test
  default void a_range_is_found_by_where_it_starts_and_how_far_it_reaches() {
    String partition = partition();
    store()
        .apply(
            List.of(
                put(id(partition, 1), "a", new IndexEntry("period", "2023-01-01", "2023-12-31")),
                put(id(partition, 2), "b", new IndexEntry("period", "2024-01-01", "2024-12-31"))));
    assertThat(found(partition, reaches("2023-12-31"))).containsExactly("id001", "id002");
    assertThat(found(partition, reaches("2024-01-01"))).containsExactly("id002");
    assertThat(found(partition, reaches("2025-01-01"))).isEmpty();
    assertThat(found(partition, startsBy("2023-01-01"))).containsExactly("id001");
    assertThat(found(partition, startsBy("2024-01-01"))).containsExactly("id001", "id002");
    assertThat(found(partition, startsBy("2022-12-31"))).isEmpty();
    assertThat(found(partition, reaches("2023-06-01"), startsBy("2023-06-30")))
        .containsExactly("id001");
    assertThat(found(partition, reaches("2026", "2024"))).containsExactly("id002");
  }

  @Test
  default void all_criteria_must_hold_and_a_resource_is_found_once() {
    String partition = partition();
    store()
        .apply(
            List.of(
                put(
                    id(partition, 1),
                    "a",
                    IndexEntry.token("code", "x"),
                    IndexEntry.token("code", "x"),
                    IndexEntry.token("code", "y"),
                    IndexEntry.token("status", "final")),
                put(id(partition, 2), "b", IndexEntry.token("code", "y"))));
    assertThat(found(partition, is("code", "x", "y"))).containsExactly("id001", "id002");
    assertThat(found(partition, is("code", "x"), is("code", "y"))).containsExactly("id001");
    assertThat(found(partition, is("code", "y"), is("status", "final"))).containsExactly("id001");
  }

  @Test
  default void of_alternatives_one_must_hold() {
    String partition = partition();
    store()
        .apply(
            List.of(
                put(id(partition, 1), "a", IndexEntry.token("x", "1"), IndexEntry.token("z", "1")),
                put(id(partition, 2), "b", IndexEntry.token("y", "1"), IndexEntry.token("z", "1")),
                put(id(partition, 3), "c", IndexEntry.token("z", "1"))));
    Criterion either = is("x", "1").or(is("y", "1")).or(is("w", "1"));
    assertThat(found(partition, either, is("z", "1"))).containsExactly("id001", "id002");
  }

  @Test
  default void only_the_index_of_the_current_version_counts() {
    String partition = partition();
    ResourceKey key = id(partition, 1);
    store().apply(List.of(put(key, "1", IndexEntry.token("code", "old"))));
    store().apply(List.of(put(key, "2", IndexEntry.token("code", "new"))));
    assertThat(found(partition, is("code", "old"))).isEmpty();
    assertThat(found(partition, is("code", "new"))).containsExactly("id001");
    store().apply(List.of(put(key, "3", IndexEntry.token("code", "new"))));
    assertThat(found(partition, is("code", "new"))).containsExactly("id001");
    store().apply(List.of(delete(key)));
    assertThat(found(partition, is("code", "new"))).isEmpty();
    store().apply(List.of(put(key, "3", IndexEntry.token("code", "new"))));
    assertThat(found(partition, is("code", "new"))).containsExactly("id001");
  }

  @Test
  default void values_of_any_length_and_any_characters_are_found() {
    String partition = partition();
    String random =
        new Random(7)
            .ints(9000, 'A', 'z')
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    List<String> values = List.of(random + "1", random + "2", "a\0b", "\udc00x", "'; --", "𝄞", "");
    for (int i = 0; i < values.size(); i++) {
      store().apply(List.of(put(id(partition, i), "x", IndexEntry.token("v", values.get(i)))));
    }
    for (int i = 0; i < values.size(); i++) {
      assertThat(found(partition, is("v", values.get(i)))).containsExactly(id(partition, i).id());
    }
  }

  @Test
  default void the_time_of_storing_bounds_a_search_at_both_ends() {
    String partition = partition();
    Instant stored = store().apply(List.of(put(id(partition, 1), "a"))).get(0).stored();
    assertThat(stored(partition, stored, stored)).isEqualTo(1);
    assertThat(stored(partition, stored.plusMillis(1), null)).isZero();
    assertThat(stored(partition, null, stored.minusMillis(1))).isZero();
    assertThat(stored(partition, stored.plusNanos(1), null)).isZero();
    assertThat(stored(partition, null, stored.plusNanos(1))).isEqualTo(1);
  }

  @Test
  default void a_page_of_nothing_is_refused() {
    assertThatThrownBy(() -> store().search(query("p", null, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 resource or more");
  }

  private static ResourceKey id(String partition, int number) {
    return observation(partition, String.format("id%03d", number));
  }

  private static Query query(
      String partition, @Nullable ResourceKey after, int count, Criterion... criteria) {
    return new Query(partition, "Observation", List.of(criteria), null, null, after, count);
  }

  private long stored(String partition, @Nullable Instant from, @Nullable Instant to) {
    return store()
        .search(new Query(partition, "Observation", List.of(), from, to, null, 5))
        .total();
  }

  private List<String> found(String partition, Criterion... criteria) {
    return ids(store().search(query(partition, null, 100, criteria)).versions());
  }

  private static Criterion is(String parameter, String... values) {
    return new Criterion(parameter, Comparison.EQUAL, List.of(values));
  }

  private static Criterion reaches(String... values) {
    return new Criterion("period", Comparison.REACHES, List.of(values));
  }

  private static Criterion startsBy(String... values) {
    return new Criterion("period", Comparison.STARTS_BY, List.of(values));
  }
}
