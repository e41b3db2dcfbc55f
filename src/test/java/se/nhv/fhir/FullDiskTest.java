package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk is full while a unit pushes: the sender is told to come again, the server is not ready,
 * and with room again all that was acknowledged is there. A limit on the size of a file stands for
 * the disk: beyond it each write fails, as on a full one.
 */
@Timeout(1800)
class FullDiskTest {

  private static final String TOKEN = "token-of-the-unit-0123456789";
  private static final int SMALLEST = 1500; // KiB; what an empty database takes is less

  @Test
  void aFullDiskLosesNothing(@TempDir Path folder) throws Exception {
    fillOften(folder, 1, 3);
  }

  @Test
  @Tag("proof")
  void aDiskFullTwentyTimesLosesNothing(@TempDir Path folder) throws Exception {
    fillOften(folder, 20, System.nanoTime());
  }

  private static void fillOften(Path folder, int times, long seed) throws Exception {
    Random random = new Random(seed);
    int port = ServerProcess.freePort();
    URI base = URI.create("http://127.0.0.1:" + port + "/");
    for (int time = 1; time <= times; time++) {
      List<String> settings = settings(folder.resolve("nhv" + time));
      AcknowledgedPush sender = new AcknowledgedPush(base, TOKEN);
      ServerProcess full =
          ServerProcess.start(room(SMALLEST + random.nextInt(1000)), port, settings);
      try {
        HttpResponse<String> answer = sender.pushNext();
        while (answer.statusCode() == 200) {
          answer = sender.pushNext();
        }
        AcknowledgedPush.assertToldToComeAgain(answer);
        AcknowledgedPush.assertToldToComeAgain(sender.pushNext());
        assertThat(sender.readiness()).isEqualTo(503);
      } finally {
        full.kill();
      }
      assertThat(sender.acknowledged()).isPositive();
      ServerProcess roomy = ServerProcess.start(port, settings);
      try {
        sender.assertNothingLostAndNothingTwice();
        assertThat(sender.pushNext().statusCode()).isEqualTo(200);
        sender.assertNothingLostAndNothingTwice();
      } finally {
        roomy.kill();
      }
      System.out.printf(
          "full disk %d of %d (seed %d): %d Bundles acknowledged%n",
          time, times, seed, sender.acknowledged());
    }
  }

  /** No file of what runs by this grows above so many KiB. */
  private static List<String> room(int kib) {
    return List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "bash");
  }

  private static List<String> settings(Path database) {
    return List.of(
        "--nhv.store.url=jdbc:h2:file:" + database,
        "--nhv.access.tokens[0].token=" + TOKEN,
        "--nhv.access.tokens[0].role=unit",
        "--nhv.access.tokens[0].unit=SE2321000016-S001");
  }
}
