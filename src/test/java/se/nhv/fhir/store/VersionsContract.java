package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.bytes;
import static se.nhv.fhir.store.Resources.delete;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;
import static se.nhv.fhir.store.Resources.putExpecting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.store.Applied.Effect;

/** What every store promises of versions, deletions and refusals. */
interface VersionsContract {

  StoreDatabase database();

  private ResourceStore store() {
    return database().intake();
  }

  @Test
  default void a_resource_is_created_updated_deleted_and_created_again() {
    ResourceKey key = observation(partition(), "a");
    assertThat(applied(put(key, "1"), put(key, "1")))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.CREATED, 1), tuple(Effect.UNCHANGED, 1));
    assertThat(applied(put(key, "1")))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.UNCHANGED, 1));
    assertThat(applied(put(key, "2")))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.UPDATED, 2));
    assertThat(applied(delete(key)))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.DELETED, 3));
    assertThat(applied(delete(key)))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.UNCHANGED, 3));
    assertThat(applied(put(key, "2")))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.CREATED, 4));
    assertThat(store().history(key))
        .extracting(StoredVersion::version, StoredVersion::deleted, Resources::text)
        .containsExactly(
            row(4L, false, "2"), row(3L, true, ""), row(2L, false, "2"), row(1L, false, "1"));
  }

  @Test
  default void deleting_what_never_was_has_no_effect() {
    ResourceKey key = observation(partition(), "never");
    assertThat(applied(delete(key)))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(tuple(Effect.UNCHANGED, 0));
    assertThat(store().read(key)).isEmpty();
    assertThat(store().history(key)).isEmpty();
  }

  @Test
  default void one_key_many_times_in_one_batch_is_applied_in_order() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(put(key, "0")));
    assertThat(applied(put(key, "1"), delete(key), delete(key), put(key, "2"), put(key, "2")))
        .extracting(Applied::effect, Applied::version)
        .containsExactly(
            tuple(Effect.UPDATED, 2),
            tuple(Effect.DELETED, 3),
            tuple(Effect.UNCHANGED, 3),
            tuple(Effect.CREATED, 4),
            tuple(Effect.UNCHANGED, 4));
    assertThat(store().history(key)).extracting(Resources::text).containsExactly("2", "", "1", "0");
  }

  @Test
  default void every_version_is_read_and_no_other() {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(put(key, "1")));
    store().apply(List.of(put(key, "2")));
    assertThat(store().read(key, 1)).map(Resources::text).contains("1");
    assertThat(store().read(key, 2)).map(Resources::text).contains("2");
    assertThat(store().read(key, 0)).isEmpty();
    assertThat(store().read(key, 3)).isEmpty();
    assertThat(store().read(observation(partition(), "a"))).isEmpty();
  }

  @Test
  default void the_time_of_storing_is_whole_milliseconds_and_read_back_the_same() {
    ResourceKey key = observation(partition(), "a");
    Instant stored = applied(put(key, "1")).get(0).stored();
    assertThat(stored).isEqualTo(stored.truncatedTo(ChronoUnit.MILLIS));
    assertThat(stored).isBetween(Instant.now().minusSeconds(60), Instant.now());
    store().apply(List.of(put(key, "2")));
    assertThat(store().read(key, 1)).map(StoredVersion::stored).contains(stored);
    assertThat(applied(put(key, "2")).get(0).stored())
        .isEqualTo(store().read(key).orElseThrow().stored());
  }

  @Test
  default void an_expected_version_that_is_current_is_met() {
    ResourceKey key = observation(partition(), "a");
    applied(putExpecting(key, "1", 0));
    applied(putExpecting(key, "2", 1));
    applied(new Change.Delete(key, 2L));
    assertThat(applied(putExpecting(key, "3", 0)).get(0).version()).isEqualTo(4);
  }

  @Test
  default void a_conflict_names_the_versions_and_nothing_of_the_batch_is_applied() {
    String partition = partition();
    ResourceKey key = observation(partition, "a");
    ResourceKey other = observation(partition, "b");
    store().apply(List.of(put(key, "1")));
    for (Change change :
        List.of(
            putExpecting(key, "2", 0),
            putExpecting(key, "1", 3),
            new Change.Delete(key, 7L),
            putExpecting(observation(partition, "c"), "1", 1),
            new Change.Delete(observation(partition, "c"), 1L))) {
      assertThatThrownBy(() -> store().apply(List.of(put(other, "x"), put(key, "y"), change)))
          .isInstanceOf(VersionConflictException.class);
    }
    assertThatThrownBy(() -> store().apply(List.of(putExpecting(key, "2", 5))))
        .hasMessage("Observation/a was expected at version 5 and is at version 1");
    assertThat(store().read(other)).isEmpty();
    assertThat(store().history(key)).extracting(Resources::text).containsExactly("1");
  }

  @Test
  default void bodies_of_any_bytes_and_size_come_back_as_they_were_put() {
    String partition = partition();
    byte[] odd = new byte[256];
    for (int i = 0; i < odd.length; i++) {
      odd[i] = (byte) i;
    }
    byte[] large = new byte[3_000_000];
    new Random(1).nextBytes(large);
    byte[] swedish = bytes("{\"text\":\"Ärlig Åsa Öberg 👩🏽‍⚕️ \\u0000\"}");
    for (byte[] body : List.of(odd, large, swedish)) {
      ResourceKey key = observation(partition, "b" + body.length);
      store().apply(List.of(new Change.Put(key, null, List.of(), body, null)));
      assertThat(store().read(key).orElseThrow().json()).isEqualTo(body);
    }
  }

  @Test
  default void identity_is_partition_type_and_id_byte_by_byte() {
    String partition = partition();
    List<ResourceKey> keys =
        List.of(
            observation(partition, "a"),
            observation(partition, "A"),
            observation(partition, "å"),
            observation(partition, "a\u030a"),
            observation(partition.toLowerCase(Locale.ROOT), "a"),
            new ResourceKey(partition, "Patient", "a"));
    store().apply(keys.stream().map(key -> (Change) put(key, key.id() + key.type())).toList());
    assertThat(keys.stream().map(key -> store().read(key).orElseThrow().key())).isEqualTo(keys);
    assertThat(store().history(keys.get(0))).hasSize(1);
  }

  @Test
  default void a_batch_of_thousands_answers_in_its_order() {
    String partition = partition();
    List<Change> changes =
        IntStream.range(0, 3000)
            .mapToObj(i -> (Change) put(observation(partition, "id" + (i * 7919) % 3000), "x" + i))
            .toList();
    assertThat(store().apply(changes))
        .extracting(Applied::key)
        .containsExactlyElementsOf(changes.stream().map(Change::key).toList());
    assertThat(store().apply(changes)).extracting(Applied::effect).containsOnly(Effect.UNCHANGED);
  }

  @Test
  default void an_empty_batch_is_nothing() {
    assertThat(store().apply(List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient", "Encounter", "Observation", "Condition", "Bundle", "patient"})
  default void the_report_store_refuses_what_could_name_a_patient(String type) {
    ResourceStore reports = database().reports();
    ResourceKey key = new ResourceKey("p", type, "1");
    Stream<ThrowingCallable> calls =
        Stream.of(
            () -> reports.apply(List.of(put(key, "{}"))),
            () -> reports.apply(List.of(delete(key))),
            () -> reports.read(key),
            () -> reports.read(key, 1),
            () -> reports.history(key),
            () -> reports.search(new Query(null, type, List.of(), null, null, null, 1)));
    assertThat(calls)
        .allSatisfy(
            call ->
                assertThatThrownBy(call)
                    .isInstanceOf(TypeRefusedException.class)
                    .hasMessageContaining("the report store does not keep " + type)
                    .hasMessageContaining("MeasureReport"));
  }

  @Test
  default void the_two_stores_share_nothing() {
    ResourceKey key = new ResourceKey(partition(), "Organization", "o");
    store().apply(List.of(put(key, "intake")));
    assertThat(database().reports().read(key)).isEmpty();
    assertThatThrownBy(
            () -> store().apply(List.of(put(new ResourceKey("p", "MeasureReport", "1"), "{}"))))
        .hasMessageContaining("the intake store does not keep MeasureReport");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\0b", "\ud800"})
  default void an_id_that_cannot_be_kept_is_refused_and_never_found(String id) {
    ResourceKey key = observation("p", id);
    assertThatThrownBy(() -> store().apply(List.of(put(key, "{}"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("id of a Observation take 1 to 255");
    assertThat(store().read(key)).isEmpty();
    assertThat(store().history(key)).isEmpty();
  }

  private List<Applied> applied(Change... changes) {
    return store().apply(List.of(changes));
  }

  private static Tuple row(Object... values) {
    return Tuple.tuple(values);
  }

  private static Tuple tuple(Effect effect, long version) {
    return Tuple.tuple(effect, version);
  }
}
