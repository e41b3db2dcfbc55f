package se.nhv.fhir;

import static java.util.concurrent.TimeUnit.SECONDS;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.formats.JsonParser;
import org.hl7.fhir.r4.model.Bundle;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticNetCare;
import se.nhv.fhir.synthetic.SyntheticUnit;
import se.nhv.fhir.synthetic.TransactionBundles;

/**
 * Prints how many resources a second the server takes in over HTTP, in transaction Bundles of at
 * most 500 entries of ever new synthetic patients; the server is {@code target/nhv.jar} in a
 * process of its own on this machine. Arguments: {@code h2} (default) or {@code postgresql}; the
 * seconds of each measurement (default 20); the number of senders (default first 1, then 2).
 */
public final class PushBenchmark {

  private static final Path JAR = Path.of("target", "nhv.jar");
  private static final SyntheticUnit UNIT = SyntheticHospitals.units().get(0);
  private static final String TOKEN = "benchmark-unit-token-of-the-first-unit";
  private static final int TELL_EVERY = 10;
  private static final int WARM_UP = 60_000; // resources, until the compiler has done its work
  private static final int MOST_PER_SECOND = 8000; // Bundles are made beforehand, for that rate

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Queue<Body> bodies = new ConcurrentLinkedQueue<>();
  private final URI server;
  private final List<ProcessHandle> database;

  @SuppressWarnings("ArrayRecordComponent")
  private record Body(byte[] json, int resources) {}

  private record Cpu(double server, double database) {}

  private final LongAdder pushed = new LongAdder();

  private PushBenchmark(URI server, List<ProcessHandle> database) {
    this.server = server;
    this.database = database;
  }

  /** Measures and prints. */
  public static void main(String[] arguments) throws Exception {
    boolean postgreSql = arguments.length > 0 && arguments[0].equals("postgresql");
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 20;
    List<Integer> senders =
        arguments.length > 2 ? List.of(Integer.parseInt(arguments[2])) : List.of(1, 2);
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    if (!Files.exists(JAR)) {
      throw new IllegalStateException(JAR + " is missing: build it with mvn package");
    }
    Path folder = Files.createTempDirectory("push-benchmark");
    try {
      if (postgreSql) {
        Path data = folder.resolve("pgdata");
        try (EmbeddedPostgres running = EmbeddedPostgres.builder().setDataDirectory(data).start()) {
          long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
          String url = running.getJdbcUrl("postgres", "postgres");
          measure(url, List.of(ProcessHandle.of(pid).orElseThrow()), seconds, senders);
        }
      } else {
        measure("jdbc:h2:file:" + folder.resolve("nhv"), List.of(), seconds, senders);
      }
    } finally {
      FileSystemUtils.deleteRecursively(folder);
    }
  }

  private static void measure(
      String url, List<ProcessHandle> database, int seconds, List<Integer> senders)
      throws Exception {
    int port = freePort();
    PushBenchmark benchmark =
        new PushBenchmark(URI.create("http://127.0.0.1:" + port + "/"), database);
    benchmark.makeBodies(WARM_UP + seconds * senders.size() * MOST_PER_SECOND);
    Process process = start(url, port);
    try {
      benchmark.awaitReady(process);
      System.out.printf("ready after %.1f CPU-seconds%n", cpu(Stream.of(process.toHandle())));
      benchmark.push(process, "warm-up", 2, 600, WARM_UP);
      for (int some : senders) {
        String name = some + (some == 1 ? " sender" : " senders");
        benchmark.push(process, name, some, seconds, Integer.MAX_VALUE);
      }
      System.out.printf("resident memory of the server: %s%n", residentMemory(process));
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private void makeBodies(int most) throws IOException {
    SyntheticNetCare care = new SyntheticNetCare(UNIT, 1, CareYears.NET_2022_TO_2025);
    Iterator<Bundle> bundles =
        TransactionBundles.of(UNIT, IntStream.rangeClosed(1, most).mapToObj(care::patient));
    long bytes = 0;
    int resources = 0;
    while (resources < most) {
      Bundle bundle = bundles.next();
      Body body = new Body(new JsonParser().composeBytes(bundle), bundle.getEntry().size());
      bodies.add(body);
      resources += body.resources();
      bytes += body.json().length;
    }
    System.out.printf("%d resources of %d bytes on average%n", resources, bytes / resources);
  }

  private static Process start(String url, int port) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            JAR.toString(),
            "serve",
            "--", // what follows is no option of the command
            "--server.address=127.0.0.1",
            "--server.port=" + port,
            "--nhv.store.url=" + url,
            "--nhv.store.user=postgres",
            "--logging.level.se.nhv.fhir=WARN",
            "--nhv.access.tokens[0].token=" + TOKEN,
            "--nhv.access.tokens[0].role=unit",
            "--nhv.access.tokens[0].unit=" + UNIT.unit().hsaId());
    ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
    builder.environment().put("NHV_STORE_PASSWORD", "postgres");
    return builder.start();
  }

  private void awaitReady(Process process) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve("actuator/health/readiness")).build();
    while (process.isAlive()) {
      try {
        if (http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("the server ended before it was ready");
  }

  private void push(Process process, String name, int senders, int seconds, int most)
      throws Exception {
    Cpu before = cpu(process);
    long start = System.nanoTime();
    long end = start + seconds * 1_000_000_000L;
    ExecutorService executor = Executors.newFixedThreadPool(senders);
    ScheduledExecutorService teller = Executors.newSingleThreadScheduledExecutor();
    long[] told = {pushed.sum()};
    Future<?> telling =
        teller.scheduleAtFixedRate(() -> tell(process, told), TELL_EVERY, TELL_EVERY, SECONDS);
    long resources = 0;
    try {
      List<Future<Long>> running = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        running.add(executor.submit(() -> send(end, most / senders)));
      }
      for (Future<Long> one : running) {
        resources += one.get();
      }
    } finally {
      telling.cancel(false);
      executor.shutdown();
      teller.shutdown();
    }
    double wall = (System.nanoTime() - start) / 1e9;
    Cpu after = cpu(process);
    double ofServer = after.server() - before.server();
    System.out.printf(
        "%-10s %6.0f resources/s, %6.0f per CPU-second of the server;"
            + " busy: server %.2f, database %.2f cores%n",
        name,
        resources / wall,
        resources / ofServer,
        ofServer / wall,
        (after.database() - before.database()) / wall);
  }

  /** Whether it is sustained: the rate since it was told last, and the memory. */
  private void tell(Process process, long[] told) {
    long now = pushed.sum();
    System.out.printf(
        "  %6d resources/s, %s%n", (now - told[0]) / TELL_EVERY, residentMemory(process));
    told[0] = now;
  }

  private long send(long end, int most) throws IOException, InterruptedException {
    long resources = 0;
    while (System.nanoTime() < end && resources < most) {
      Body body = bodies.poll();
      if (body == null) {
        throw new IllegalStateException("every Bundle is sent: raise MOST_PER_SECOND");
      }
      HttpRequest request =
          HttpRequest.newBuilder(server.resolve("intake"))
              .header("Authorization", "Bearer " + TOKEN)
              .header("Content-Type", "application/fhir+json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body.json()))
              .build();
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + ": " + response.body());
      }
      resources += body.resources();
      pushed.add(body.resources());
    }
    return resources;
  }

  private Cpu cpu(Process process) {
    return new Cpu(
        cpu(Stream.of(process.toHandle())),
        cpu(database.stream().flatMap(it -> Stream.concat(Stream.of(it), it.descendants()))));
  }

  private static double cpu(Stream<ProcessHandle> processes) {
    return processes
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .mapToDouble(duration -> duration.toNanos() / 1e9)
        .sum();
  }

  private static String residentMemory(Process process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .map(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024 + " MB")
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "told by Linux only";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
