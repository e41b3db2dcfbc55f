package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The server is killed while two units push, and started again: what was acknowledged is there,
 * nothing is there twice, every Bundle is there whole or not at all, and every push and read that
 * was answered is on record.
 */
class KilledServerTest {

  private static final List<String> TOKENS =
      List.of("token-of-the-first-unit-012345", "token-of-the-second-unit-01234");

  private static final String STAFF = "token-of-the-staff-of-a-unit-";

  @Test
  void onAnH2FileNothingAcknowledgedIsLost(@TempDir Path folder) throws Exception {
    killOften("jdbc:h2:file:" + folder.resolve("nhv"), "nhv", 2, 7);
  }

  @Test
  void onPostgreSqlNothingAcknowledgedIsLost() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      killOften(postgres.getJdbcUrl("postgres", "postgres"), "postgres", 1, 8);
    }
  }

  @Test
  @Tag("proof")
  void onAnH2FileNothingAcknowledgedIsLostFiftyTimes(@TempDir Path folder) throws Exception {
    killOften("jdbc:h2:file:" + folder.resolve("nhv"), "nhv", 50, System.nanoTime());
  }

  @Test
  @Tag("proof")
  void onPostgreSqlNothingAcknowledgedIsLostFiftyTimes() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      killOften(postgres.getJdbcUrl("postgres", "postgres"), "postgres", 50, System.nanoTime());
    }
  }

  private static void killOften(String url, String user, int times, long seed) throws Exception {
    Random random = new Random(seed);
    int port = ServerProcess.freePort();
    List<String> settings = settings(url, user);
    List<AcknowledgedPush> senders =
        TOKENS.stream()
            .map(token -> new AcknowledgedPush(URI.create("http://127.0.0.1:" + port + "/"), token))
            .toList();
    Map<AcknowledgedPush, PushRecords> records = new HashMap<>();
    for (int i = 0; i < TOKENS.size(); i++) {
      records.put(
          senders.get(i), new PushRecords(URI.create("http://127.0.0.1:" + port + "/"), STAFF + i));
    }
    ServerProcess server = ServerProcess.start(port, settings);
    try {
      for (int time = 1; time <= times; time++) {
        int before = acknowledged(senders);
        killWhilePushing(server, senders, random);
        server = ServerProcess.start(port, settings);
        for (AcknowledgedPush sender : senders) {
          sender.assertNothingLostAndNothingTwice();
          Objects.requireNonNull(records.get(sender)).assertEveryAnswerIsOnRecord(sender);
          assertThat(sender.pushNext().statusCode()).isEqualTo(200); // perhaps for the second time
          sender.assertNothingLostAndNothingTwice();
        }
        System.out.printf(
            "kill %d of %d (seed %d): %d Bundles acknowledged%n",
            time, times, seed, acknowledged(senders) - before);
      }
    } finally {
      server.kill();
    }
  }

  private static void killWhilePushing(
      ServerProcess server, List<AcknowledgedPush> senders, Random random) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(senders.size());
    try {
      List<Future<Integer>> running = new ArrayList<>();
      for (AcknowledgedPush sender : senders) {
        running.add(executor.submit(() -> pushUntilKilled(sender)));
      }
      AcknowledgedPush first = senders.get(0);
      first.await(first.acknowledged() + random.nextInt(1, 80), random);
      server.kill();
      for (Future<Integer> one : running) {
        one.get();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int pushUntilKilled(AcknowledgedPush sender) throws InterruptedException {
    try {
      while (true) {
        assertThat(sender.pushNext().statusCode()).isEqualTo(200);
        sender.readLast();
      }
    } catch (IOException killed) {
      return sender.acknowledged();
    }
  }

  private static int acknowledged(List<AcknowledgedPush> senders) {
    return senders.stream().mapToInt(AcknowledgedPush::acknowledged).sum();
  }

  private static List<String> settings(String url, String user) {
    List<String> settings =
        new ArrayList<>(List.of("--nhv.store.url=" + url, "--nhv.store.user=" + user));
    for (int i = 0; i < TOKENS.size(); i++) {
      String name = "--nhv.access.tokens[" + i + "].";
      settings.add(name + "token=" + TOKENS.get(i));
      settings.add(name + "role=unit");
      settings.add(name + "unit=SE2321000016-K00" + i);
      String staff = "--nhv.access.tokens[" + (TOKENS.size() + i) + "].";
      settings.add(staff + "token=" + STAFF + i);
      settings.add(staff + "role=staff");
      settings.add(staff + "unit=SE2321000016-K00" + i);
      settings.add(staff + "person=SE2321000016-P00" + i);
      settings.add(staff + "name=A Person");
    }
    return settings;
  }
}
