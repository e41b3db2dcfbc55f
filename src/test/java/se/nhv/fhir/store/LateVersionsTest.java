package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.store.Resources.bytes;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.text;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.springframework.util.FileSystemUtils;

/**
 * Whatever the order and repetition in which the versions of a resource arrive, by however many
 * senders, the newest is current in the end and each stands in the history once.
 */
class LateVersionsTest {

  private static final int MOST = 8; // versions of one resource

  private static Path folder;
  private static EmbeddedPostgres postgres;
  private static StoreDatabase h2;
  private static StoreDatabase postgreSql;

  @BeforeContainer
  static void open() throws IOException {
    folder = Files.createTempDirectory("late-versions");
    h2 = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")));
    postgres = EmbeddedPostgres.start();
    String url = postgres.getJdbcUrl("postgres", "postgres");
    postgreSql = StoreDatabase.open(new StoreSettings(url, "postgres", "postgres", 8));
  }

  @AfterContainer
  static void close() throws IOException {
    h2.close();
    postgreSql.close();
    postgres.close();
    FileSystemUtils.deleteRecursively(folder);
  }

  @Property(tries = 40, seed = "41", shrinking = ShrinkingMode.OFF)
  void on_h2_the_newest_wins(
      @ForAll @Size(min = 1, max = 24) List<@IntRange(min = 1, max = MOST) Integer> arrivals,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 5) int together)
      throws Exception {
    inTheEndTheNewestIsCurrent(h2.intake(), arrivals, threads, together);
  }

  @Property(tries = 40, seed = "42", shrinking = ShrinkingMode.OFF)
  void on_postgresql_the_newest_wins(
      @ForAll @Size(min = 1, max = 24) List<@IntRange(min = 1, max = MOST) Integer> arrivals,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 5) int together)
      throws Exception {
    inTheEndTheNewestIsCurrent(postgreSql.intake(), arrivals, threads, together);
  }

  @Tag("proof")
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void on_h2_the_newest_wins_a_thousand_times(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = MOST) Integer> arrivals,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 9) int together)
      throws Exception {
    inTheEndTheNewestIsCurrent(h2.intake(), arrivals, threads, together);
  }

  @Tag("proof")
  @Property(tries = 1000, shrinking = ShrinkingMode.OFF)
  void on_postgresql_the_newest_wins_a_thousand_times(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = MOST) Integer> arrivals,
      @ForAll @IntRange(min = 1, max = 4) int threads,
      @ForAll @IntRange(min = 1, max = 9) int together)
      throws Exception {
    inTheEndTheNewestIsCurrent(postgreSql.intake(), arrivals, threads, together);
  }

  /** The arrivals are dealt out to the threads, and each hands in so many together. */
  private static void inTheEndTheNewestIsCurrent(
      ResourceStore store, List<Integer> arrivals, int threads, int together) throws Exception {
    ResourceKey key = observation(partition(), "a");
    List<Callable<Integer>> senders = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      List<Change> own = new ArrayList<>();
      for (int i = thread; i < arrivals.size(); i += threads) {
        own.add(version(key, arrivals.get(i)));
      }
      senders.add(() -> send(store, own, together));
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      for (Future<Integer> sent : executor.invokeAll(senders)) {
        sent.get();
      }
    } finally {
      executor.shutdownNow();
    }
    List<Integer> expected = arrivals.stream().distinct().sorted().toList();
    List<StoredVersion> history = store.history(key);
    assertThat(store.read(key).map(Resources::text))
        .contains(String.valueOf(expected.get(expected.size() - 1)));
    assertThat(history.stream().map(it -> Integer.parseInt(text(it))).sorted()).isEqualTo(expected);
    assertThat(history.stream().map(StoredVersion::version).sorted().toList())
        .isEqualTo(LongStream.rangeClosed(1, expected.size()).boxed().toList());
  }

  private static int send(ResourceStore store, List<Change> changes, int together) {
    IntStream.iterate(0, from -> from < changes.size(), from -> from + together)
        .forEach(
            from -> store.apply(changes.subList(from, Math.min(from + together, changes.size()))));
    return changes.size();
  }

  private static Change version(ResourceKey key, int number) {
    Instant time = Instant.parse("2024-05-01T10:00:00Z").plusNanos(number);
    return new Change.Put(key, null, List.of(), bytes(String.valueOf(number)), null, time);
  }
}
