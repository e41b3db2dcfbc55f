package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.delete;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;
import static se.nhv.fhir.store.Resources.putOf;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What every store promises of subjects. */
interface SubjectsContract {

  StoreDatabase database();

  private ResourceStore store() {
    return database().intake();
  }

  @Test
  default void every_subject_comes_once_with_all_its_resources_in_the_order_of_ids() {
    String partition = partition();
    Map<String, Integer> sizes = new LinkedHashMap<>();
    List.of("10", "9", "B", "a", "b", "Å", "å").forEach(subject -> sizes.put(subject, 3));
    sizes.put("m", 1700); // more than one page of rows
    for (int i = 0; i < 600; i++) {
      sizes.put("s" + i, 1 + i % 4);
    }
    List<Change> changes = new ArrayList<>();
    sizes.forEach(
        (subject, size) -> {
          for (int i = 0; i < size; i++) {
            changes.add(putOf(observation(partition, subject + "-" + i), subject, subject + i));
          }
        });
    Collections.shuffle(changes, new Random(2));
    store().apply(changes);
    List<String> order = new ArrayList<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    store()
        .forEachSubject(
            partition,
            (subject, resources) -> {
              order.add(subject);
              seen.put(subject, resources.size());
              assertThat(resources)
                  .allSatisfy(r -> assertThat(r.key().id()).startsWith(subject + "-"));
            });
    assertThat(order).doesNotHaveDuplicates().isSorted();
    assertThat(seen).containsExactlyInAnyOrderEntriesOf(sizes);
    assertThat(store().countSubjects(partition)).isEqualTo(sizes.size());
  }

  @Test
  default void deleted_resources_and_those_without_subject_are_left_out() {
    String partition = partition();
    store()
        .apply(
            List.of(
                putOf(new ResourceKey(partition, "Patient", "p1"), "p1", "patient"),
                putOf(observation(partition, "a"), "p1", "kept"),
                putOf(observation(partition, "b"), "p1", "deleted"),
                putOf(observation(partition, "c"), "p2", "deleted"),
                put(new ResourceKey(partition, "Organization", "o"), "none")));
    store()
        .apply(List.of(delete(observation(partition, "b")), delete(observation(partition, "c"))));
    assertThat(subjects(partition)).containsExactly("p1: kept patient");
    assertThat(store().countSubjects(partition)).isEqualTo(1);
    assertThat(subjects(partition())).isEmpty();
  }

  @Test
  default void a_resource_that_changes_its_subject_moves() {
    String partition = partition();
    store().apply(List.of(putOf(observation(partition, "a"), "p1", "1")));
    store().apply(List.of(putOf(observation(partition, "a"), "p2", "2")));
    assertThat(subjects(partition)).containsExactly("p2: 2");
  }

  @Test
  default void what_is_written_meanwhile_is_not_seen() {
    String partition = partition();
    List<Change> before = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      before.add(putOf(observation(partition, "o" + i), String.format("s%04d", i), "before"));
    }
    store().apply(before);
    List<String> seen = new ArrayList<>();
    store()
        .forEachSubject(
            partition,
            (subject, resources) -> {
              if (seen.isEmpty()) {
                CompletableFuture.runAsync(() -> changeAll(partition)).join();
              }
              resources.forEach(resource -> seen.add(Resources.text(resource)));
            });
    assertThat(seen).hasSize(1200).containsOnly("before");
    assertThat(store().countSubjects(partition)).isEqualTo(1201);
  }

  private void changeAll(String partition) {
    List<Change> after = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      ResourceKey key = observation(partition, "o" + i);
      after.add(
          i % 3 == 0 ? delete(key) : putOf(key, String.format("s%04d", (i * 7) % 1200), "after"));
    }
    for (int i = 0; i < 1200; i += 3) {
      after.add(putOf(observation(partition, "n" + i), String.format("s%04d", i), "after"));
    }
    after.add(putOf(observation(partition, "z"), "z", "after"));
    store().apply(after);
    Set<String> subjects = new TreeSet<>();
    store().forEachSubject(partition, (subject, resources) -> subjects.add(subject));
    List<Change> filled = new ArrayList<>();
    for (int i = 0; i < 1200; i++) {
      String subject = String.format("s%04d", i);
      if (!subjects.contains(subject)) {
        filled.add(putOf(observation(partition, "f" + i), subject, "after"));
      }
    }
    store().apply(filled);
  }

  @Test
  default void a_consumer_may_write_and_read_what_it_wrote() {
    String partition = partition();
    store().apply(List.of(putOf(observation(partition, "a"), "p", "1")));
    ResourceKey written = observation(partition, "b");
    store()
        .forEachSubject(
            partition,
            (subject, resources) -> {
              store().apply(List.of(put(written, "2")));
              assertThat(store().read(written)).isPresent();
            });
    assertThat(store().read(written)).isPresent();
  }

  @Test
  default void what_a_consumer_throws_comes_through_and_the_store_serves_on() {
    String partition = partition();
    store().apply(List.of(putOf(observation(partition, "a"), "p", "1")));
    for (int i = 0; i < 20; i++) {
      assertThatThrownBy(
              () ->
                  store()
                      .forEachSubject(
                          partition,
                          (subject, resources) -> {
                            throw new IllegalStateException("enough");
                          }))
          .hasMessage("enough");
    }
    assertThat(subjects(partition)).containsExactly("p: 1");
  }

  private List<String> subjects(String partition) {
    List<String> subjects = new ArrayList<>();
    store()
        .forEachSubject(
            partition,
            (subject, resources) ->
                subjects.add(
                    subject
                        + ": "
                        + String.join(" ", resources.stream().map(Resources::text).toList())));
    return subjects;
  }

  @Test
  default void a_purged_subject_leaves_nothing_and_others_stay() {
    String partition = partition();
    String beside = partition + "/beside";
    ResourceKey gone = observation(partition, "gone");
    store()
        .apply(
            List.of(
                putOf(observation(partition, "1"), "a", "1"),
                putOf(gone, "a", "2"),
                putOf(observation(beside, "1"), "a", "3"),
                putOf(observation(partition, "2"), "b", "4")));
    store().apply(List.of(putOf(observation(partition, "1"), "a", "1 again"), delete(gone)));
    List<StoredVersion> deleted = new ArrayList<>();
    store().forEachDeleted(partition, deleted::add);
    assertThat(deleted).extracting(Resources::text).containsExactly("2");
    Instant now = Instant.now().plusSeconds(60);
    assertThat(store().purge(List.of(partition, beside), "a", List.of(gone), now)).isEqualTo(3);
    for (ResourceKey key : List.of(gone, observation(partition, "1"), observation(beside, "1"))) {
      assertThat(store().read(key)).isEmpty();
      assertThat(store().history(key)).isEmpty();
    }
    assertThat(store().read(observation(partition, "2"))).isPresent();
    assertThat(store().purge(List.of(partition), "a", List.of(), now)).isZero();
    assertThat(store().apply(List.of(putOf(gone, "a", "back"))).get(0).version()).isEqualTo(1);
  }

  @Test
  default void a_subject_of_whom_something_came_meanwhile_is_not_purged() {
    String partition = partition();
    store().apply(List.of(putOf(observation(partition, "1"), "a", "1")));
    Instant seen = Instant.now().minusSeconds(60);
    assertThat(store().purge(List.of(partition), "a", List.of(), seen)).isZero();
    assertThat(store().read(observation(partition, "1"))).isPresent();
  }
}
