package se.nhv.fhir.store;

import static se.nhv.fhir.store.Resources.bytes;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Prints resources a second for 500-put batches of about 1.5 KB with three index entries each, into
 * an H2 file and PostgreSQL on this machine, from one thread and from two. Arguments: the number of
 * batches (default 200), and {@code h2} or {@code postgresql} for only one of them.
 */
final class StoreBenchmark {

  private static final int BATCH = 500;

  private StoreBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Quiet.log();
    int batches = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    List<String> databases =
        arguments.length > 1 ? List.of(arguments[1]) : List.of("h2", "postgresql");
    Path folder = Files.createTempDirectory("store-benchmark");
    try {
      if (databases.contains("h2")) {
        measureH2(folder.resolve("nhv"), batches);
      }
      if (databases.contains("postgresql")) {
        measurePostgreSql(folder.resolve("pgdata"), batches);
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void measureH2(Path file, int batches) throws Exception {
    try (StoreDatabase database = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + file))) {
      measure("H2 file", database.intake(), batches, Stream::empty);
    }
  }

  private static void measurePostgreSql(Path data, int batches) throws Exception {
    try (EmbeddedPostgres server = EmbeddedPostgres.builder().setDataDirectory(data).start();
        StoreDatabase database =
            StoreDatabase.open(
                new StoreSettings(
                    server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 8))) {
      long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
      ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
      measure(
          "PostgreSQL",
          database.intake(),
          batches,
          () -> Stream.concat(Stream.of(postmaster), postmaster.descendants()));
    }
  }

  private static void measure(
      String name, ResourceStore store, int batches, Supplier<Stream<ProcessHandle>> server)
      throws Exception {
    run(store, 1, 40, server, i -> batch("warm", i, 0));
    print(name, "created, 1 thread", run(store, 1, batches, server, i -> batch("one", i, 0)));
    print(name, "created, 2 threads", run(store, 2, batches, server, i -> batch("two", i, 0)));
    print(name, "unchanged, 1 thread", run(store, 1, batches, server, i -> batch("one", i, 0)));
    print(name, "updated, 1 thread", run(store, 1, batches / 2, server, i -> batch("one", i, 1)));
    Rate single = run(store, 1, 300, server, i -> batch("single", i, 0).subList(0, 1));
    print(name, "one put a batch, 1 thread", single);
    print(name, "read by subject", Rate.of(server, () -> read(store)));
  }

  private static long read(ResourceStore store) {
    AtomicLong read = new AtomicLong();
    store.forEachSubject("one", (subject, resources) -> read.addAndGet(resources.size()));
    return read.get();
  }

  private static void print(String name, String work, Rate rate) {
    System.out.printf(
        "%-12s %-28s %8.0f resources/s %8.0f resources per CPU-second%n",
        name, work, rate.count / rate.seconds, rate.count / rate.cpuSeconds);
  }

  private record Rate(long count, double seconds, double cpuSeconds) {

    static Rate of(Supplier<Stream<ProcessHandle>> server, Callable<Long> work) throws Exception {
      double before = cpu(server);
      long start = System.nanoTime();
      long count = work.call();
      return new Rate(count, (System.nanoTime() - start) / 1e9, cpu(server) - before);
    }
  }

  /** Of this process and the database server. */
  private static double cpu(Supplier<Stream<ProcessHandle>> server) {
    return Stream.concat(Stream.of(ProcessHandle.current()), server.get())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(duration -> duration.toNanos() / 1e9)
        .sum();
  }

  private static Rate run(
      ResourceStore store,
      int threads,
      int batches,
      Supplier<Stream<ProcessHandle>> server,
      IntFunction<List<Change>> work)
      throws Exception {
    List<List<Change>> made = new ArrayList<>();
    for (int i = 0; i < batches; i++) {
      made.add(work.apply(i));
    }
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      return Rate.of(
          server,
          () -> {
            List<Future<?>> running = new ArrayList<>();
            for (List<Change> batch : made) {
              running.add(executor.submit(() -> store.apply(batch)));
            }
            for (Future<?> one : running) {
              one.get();
            }
            return made.stream().mapToLong(List::size).sum();
          });
    } finally {
      executor.shutdown();
    }
  }

  private static List<Change> batch(String partition, int number, int revision) {
    Random random = new Random(number * 31L + partition.hashCode());
    List<Change> changes = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      String id = String.format("%016x", random.nextLong());
      String subject = "patient-" + (number * BATCH + i) / 20;
      List<IndexEntry> index =
          List.of(
              IndexEntry.token("patient", subject),
              IndexEntry.token("code", "https://w3id.org/nhv/fhir/CodeSystem/atgard|c" + i % 16),
              new IndexEntry("date", "2024-01-0" + i % 9, "2024-02-0" + i % 9));
      changes.add(
          new Change.Put(
              new ResourceKey(partition, "Procedure", id),
              subject,
              index,
              body(random, id, revision),
              null));
    }
    return changes;
  }

  private static byte[] body(Random random, String id, int revision) {
    StringBuilder text = new StringBuilder("{\"resourceType\":\"Procedure\",\"id\":\"" + id + "\"");
    while (text.length() < 1450) {
      text.append(",\"x\":\"").append(Long.toHexString(random.nextLong())).append('"');
    }
    return bytes(text.append(",\"r\":").append(revision).append('}').toString());
  }
}
