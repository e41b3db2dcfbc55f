package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.bytes;
import static se.nhv.fhir.store.Resources.delete;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;
import static se.nhv.fhir.store.Resources.text;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.store.Applied.Effect;

/** What every store promises of versions that come in another order than their source made them. */
interface LateVersionsContract {

  /** A first, second and third time of a source. */
  String T1 = "2024-05-01T10:00:00Z";

  String T2 = "2024-05-01T10:00:00.000000001Z";
  String T3 = "2024-05-01T10:00:00.001Z";

  StoreDatabase database();

  private ResourceStore store() {
    return database().intake();
  }

  @Test
  default void a_late_version_is_kept_in_the_history_and_what_is_current_stays() {
    ResourceKey key = observation(partition(), "a");
    assertThat(effects(at(key, "3", T3))).containsExactly(tuple(Effect.CREATED, 1));
    assertThat(effects(at(key, "1", T1))).containsExactly(tuple(Effect.SUPERSEDED, 1));
    assertThat(effects(at(key, "2", T2))).containsExactly(tuple(Effect.SUPERSEDED, 1));
    assertThat(store().read(key)).map(Resources::text).contains("3");
    assertThat(store().read(key, 2)).map(Resources::text).contains("1");
    assertHistory(key, "2", "1", "3");
    assertThat(effects(at(key, "4", "2025-01-01T00:00:00Z")))
        .containsExactly(tuple(Effect.UPDATED, 4));
    assertHistory(key, "4", "2", "1", "3");
  }

  @Test
  default void what_came_before_or_late_already_has_no_effect_when_it_comes_again() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(at(key, "1", T1), at(key, "3", T3), at(key, "2", T2)));
    assertThat(effects(at(key, "1", T1), at(key, "2", T2), at(key, "3", T3)))
        .containsExactly(
            tuple(Effect.UNCHANGED, 2), tuple(Effect.UNCHANGED, 2), tuple(Effect.UNCHANGED, 2));
    assertHistory(key, "2", "3", "1");
  }

  @Test
  default void times_are_compared_as_instants_to_the_nanosecond() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(at(key, "2", T2)));
    assertThat(effects(at(key, "1", T1))).containsExactly(tuple(Effect.SUPERSEDED, 1));
    assertThat(effects(at(key, "3", T3))).containsExactly(tuple(Effect.UPDATED, 3));
  }

  @Test
  default void of_equal_or_unknown_times_the_order_of_arrival_counts() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(at(key, "1", T2)));
    assertThat(effects(at(key, "2", T2), put(key, "3"), at(key, "4", T1), put(key, "5")))
        .containsExactly(
            tuple(Effect.UPDATED, 2),
            tuple(Effect.UPDATED, 3),
            tuple(Effect.UPDATED, 4),
            tuple(Effect.UPDATED, 5));
    assertHistory(key, "5", "4", "3", "2", "1");
  }

  @Test
  default void after_a_deletion_only_what_is_not_older_brings_it_back() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(at(key, "2", T2)));
    store().apply(List.of(delete(key)));
    assertThat(effects(at(key, "1", T1))).containsExactly(tuple(Effect.SUPERSEDED, 2));
    assertThat(effects(at(key, "1", T1))).containsExactly(tuple(Effect.UNCHANGED, 2));
    assertThat(store().read(key)).map(StoredVersion::deleted).contains(true);
    assertHistory(key, "1", "", "2");
    assertThat(effects(at(key, "2", T2))).containsExactly(tuple(Effect.CREATED, 4));
    assertThat(effects(delete(key), at(key, "3", T3)))
        .containsExactly(tuple(Effect.DELETED, 5), tuple(Effect.CREATED, 6));
    assertHistory(key, "3", "", "2", "1", "", "2");
  }

  @Test
  default void an_expected_version_is_that_of_what_is_current() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(at(key, "2", T2), at(key, "1", T1)));
    assertThatThrownBy(() -> store().apply(List.of(expecting(key, "3", T3, 2))))
        .isInstanceOf(VersionConflictException.class);
    assertThat(effects(expecting(key, "3", T3, 1))).containsExactly(tuple(Effect.UPDATED, 3));
  }

  @Test
  default void what_comes_late_is_not_found_by_a_search_and_leaves_the_subject() {
    String partition = partition();
    ResourceKey key = observation(partition, "a");
    store().apply(List.of(of(key, "new", T2)));
    store().apply(List.of(of(key, "old", T1)));
    assertThat(found(partition, "new")).isEqualTo(1);
    assertThat(found(partition, "old")).isZero();
    store().forEachSubject(partition, (subject, all) -> assertThat(subject).isEqualTo("new"));
    assertThat(store().countSubjects(partition)).isEqualTo(1);
  }

  @Test
  default void in_one_batch_the_newest_wins_wherever_it_stands() {
    String partition = partition();
    ResourceKey fresh = observation(partition, "fresh");
    ResourceKey known = observation(partition, "known");
    store().apply(List.of(at(known, "2", T2)));
    assertThat(
            effects(
                at(fresh, "2", T2),
                at(known, "1", T1),
                at(fresh, "3", T3),
                at(known, "3", T3),
                at(fresh, "1", T1),
                at(known, "1", T1),
                at(known, "2", T2)))
        .containsExactly(
            tuple(Effect.CREATED, 1),
            tuple(Effect.SUPERSEDED, 1),
            tuple(Effect.UPDATED, 2),
            tuple(Effect.UPDATED, 3),
            tuple(Effect.SUPERSEDED, 2),
            tuple(Effect.UNCHANGED, 3),
            tuple(Effect.UNCHANGED, 3));
    assertHistory(fresh, "1", "3", "2");
    assertHistory(known, "3", "1", "2");
    assertThat(store().read(fresh)).map(Resources::text).contains("3");
  }

  private void assertHistory(ResourceKey key, String... newestFirst) {
    List<StoredVersion> history = store().history(key);
    assertThat(history).extracting(Resources::text).containsExactly(newestFirst);
    for (int i = 0; i < history.size(); i++) {
      assertThat(history.get(i).version()).isEqualTo(history.size() - i);
      assertThat(store().read(key, history.size() - i).map(Resources::text))
          .contains(text(history.get(i)));
    }
    assertThat(history)
        .extracting(StoredVersion::stored)
        .isSortedAccordingTo(Collections.reverseOrder());
  }

  private long found(String partition, String token) {
    Query.Criterion identifier =
        new Query.Criterion("identifier", Query.Comparison.EQUAL, List.of(token));
    Query query = new Query(partition, "Observation", List.of(identifier), null, null, null, 5);
    return store().search(query).total();
  }

  private List<Tuple> effects(Change... changes) {
    return store().apply(List.of(changes)).stream()
        .map(it -> tuple(it.effect(), it.version()))
        .toList();
  }

  private static Change.Put at(ResourceKey key, String json, String time) {
    return new Change.Put(key, null, List.of(), bytes(json), null, Instant.parse(time));
  }

  private static Change.Put expecting(ResourceKey key, String json, String time, long version) {
    return new Change.Put(key, null, List.of(), bytes(json), version, Instant.parse(time));
  }

  private static Change.Put of(ResourceKey key, String subject, String time) {
    List<IndexEntry> index = List.of(IndexEntry.token("identifier", subject));
    return new Change.Put(key, subject, index, bytes(subject), null, Instant.parse(time));
  }

  private static Tuple tuple(Effect effect, long version) {
    return Tuple.tuple(effect, version);
  }
}
