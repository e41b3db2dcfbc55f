package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.server.NhvServer;

/**
 * PostgreSQL is stopped at once, as {@code pg_ctl stop -m immediate} does, while a unit pushes: the
 * sender is told to come again, and all that was acknowledged is there when the database is back.
 */
@Timeout(1800)
class StoppedDatabaseTest {

  private static final String TOKEN = "token-of-the-unit-0123456789";

  @TempDir private Path folder = Path.of(".");

  @Test
  void aStoppedDatabaseLosesNothing() throws Exception {
    stopOften(1, 5);
  }

  @Test
  @Tag("proof")
  void aDatabaseStoppedTwentyTimesLosesNothing() throws Exception {
    stopOften(20, System.nanoTime());
  }

  private void stopOften(int times, long seed) throws Exception {
    Random random = new Random(seed);
    EmbeddedPostgres postgres = start(0);
    int port = postgres.getPort();
    try (NhvServer server = serve(postgres)) {
      URI base = URI.create("http://127.0.0.1:" + server.port() + "/");
      AcknowledgedPush sender = new AcknowledgedPush(base, TOKEN);
      for (int time = 1; time <= times; time++) {
        int before = sender.acknowledged();
        AcknowledgedPush.assertToldToComeAgain(stopWhilePushing(sender, random));
        assertThat(sender.readiness()).isEqualTo(503);
        AcknowledgedPush.assertToldToComeAgain(sender.pushNext());
        postgres.close(); // gives up its lock on the data
        postgres = start(port);
        while (sender.readiness() != 200) {
          Thread.sleep(100);
        }
        sender.assertNothingLostAndNothingTwice();
        assertThat(sender.pushNext().statusCode()).isEqualTo(200);
        sender.assertNothingLostAndNothingTwice();
        System.out.printf(
            "stop %d of %d (seed %d): %d Bundles acknowledged%n",
            time, times, seed, sender.acknowledged() - before);
      }
    } finally {
      postgres.close();
    }
  }

  private static NhvServer serve(EmbeddedPostgres postgres) {
    return NhvServer.start(
        "--server.address=127.0.0.1",
        "--server.port=0",
        "--nhv.store.url=" + postgres.getJdbcUrl("postgres", "postgres"),
        "--nhv.store.user=postgres",
        "--nhv.access.tokens[0].token=" + TOKEN,
        "--nhv.access.tokens[0].role=unit",
        "--nhv.access.tokens[0].unit=SE2321000016-S001");
  }

  /** Starts PostgreSQL on the one data directory; its fsync is on, as in production. */
  private EmbeddedPostgres start(int port) throws IOException {
    return EmbeddedPostgres.builder()
        .setPort(port)
        .setDataDirectory(folder.resolve("pgdata"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "on")
        .setServerConfig("synchronous_commit", "on")
        .start();
  }

  /** The first answer that was no acknowledgement. */
  private HttpResponse<String> stopWhilePushing(AcknowledgedPush sender, Random random)
      throws Exception {
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<HttpResponse<String>> refused = executor.submit(() -> pushUntilRefused(sender));
      sender.await(sender.acknowledged() + random.nextInt(1, 80), random);
      String pid = Files.readAllLines(folder.resolve("pgdata").resolve("postmaster.pid")).get(0);
      ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
      new ProcessBuilder("kill", "-QUIT", pid).start().waitFor(); // an immediate shutdown
      postmaster.onExit().join();
      return refused.get();
    } finally {
      executor.shutdownNow();
    }
  }

  private static HttpResponse<String> pushUntilRefused(AcknowledgedPush sender)
      throws IOException, InterruptedException {
    HttpResponse<String> answer = sender.pushNext();
    while (answer.statusCode() == 200) {
      answer = sender.pushNext();
    }
    return answer;
  }
}
