package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;
import static se.nhv.fhir.store.Resources.putExpecting;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.store.Applied.Effect;

/** What every store promises of many threads at once. */
interface ConcurrencyContract {

  StoreDatabase database();

  private ResourceStore store() {
    return database().intake();
  }

  @RepeatedTest(5)
  default void of_sixteen_equal_batches_at_once_exactly_one_creates() throws Exception {
    String partition = partition();
    List<Change> batch =
        IntStream.range(0, 40)
            .mapToObj(i -> (Change) put(observation(partition, "o" + i), "same" + i))
            .toList();
    List<List<Applied>> answers = atOnce(16, thread -> store().apply(batch));
    assertThat(answers).filteredOn(all -> allAre(all, Effect.CREATED)).hasSize(1);
    assertThat(answers).filteredOn(all -> allAre(all, Effect.UNCHANGED)).hasSize(15);
    assertThat(store().history(batch.get(0).key())).hasSize(1);
  }

  @Test
  default void batches_in_any_order_over_the_same_keys_all_go_through() throws Exception {
    String partition = partition();
    int batches = 10;
    atOnce(
        8,
        thread -> {
          for (int batch = 0; batch < batches; batch++) {
            List<Change> changes = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
              changes.add(put(observation(partition, "o" + i), thread + "-" + batch + "-" + i));
            }
            Collections.shuffle(changes, new Random(thread));
            store().apply(changes.subList(0, 30));
          }
          return true;
        });
    for (int i = 0; i < 60; i++) {
      List<StoredVersion> history = store().history(observation(partition, "o" + i));
      assertThat(history)
          .extracting(StoredVersion::version)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, history.size())
                  .map(v -> history.size() + 1 - v)
                  .boxed()
                  .toList());
      assertThat(history)
          .extracting(StoredVersion::stored)
          .isSortedAccordingTo(Collections.reverseOrder());
    }
  }

  @Test
  default void of_many_that_expect_the_same_version_one_succeeds() throws Exception {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(put(key, "0")));
    List<Boolean> succeeded =
        atOnce(
            12,
            thread -> {
              try {
                store().apply(List.of(putExpecting(key, "t" + thread, 1)));
                return true;
              } catch (VersionConflictException e) {
                return false;
              }
            });
    assertThat(succeeded).filteredOn(success -> success).hasSize(1);
    assertThat(store().read(key).orElseThrow().version()).isEqualTo(2);
  }

  @Test
  default void a_history_read_while_it_grows_has_every_version_once() throws Exception {
    ResourceKey key = observation(partition(), "a");
    store().apply(List.of(put(key, "0")));
    atOnce(
        3,
        thread -> {
          for (int i = 0; i < 60; i++) {
            if (thread == 0) {
              store().apply(List.of(put(key, "v" + i)));
            } else {
              List<StoredVersion> history = store().history(key);
              assertThat(history)
                  .extracting(StoredVersion::version)
                  .doesNotHaveDuplicates()
                  .hasSize((int) history.get(0).version());
            }
          }
          return true;
        });
  }

  private static boolean allAre(List<Applied> applied, Effect effect) {
    return applied.stream().allMatch(one -> one.effect() == effect);
  }

  /** What one thread does, by its number. */
  interface Work<T> {
    T of(int thread) throws Exception;
  }

  private static <T> List<T> atOnce(int threads, Work<T> work) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      CyclicBarrier start = new CyclicBarrier(threads);
      List<Callable<T>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        int thread = i;
        calls.add(
            () -> {
              start.await();
              return work.of(thread);
            });
      }
      List<T> answers = new ArrayList<>();
      for (Future<T> future : executor.invokeAll(calls)) {
        answers.add(future.get());
      }
      return answers;
    } finally {
      executor.shutdownNow();
    }
  }
}
