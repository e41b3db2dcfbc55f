package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A page that is cut at any byte is asked for again or refused, never taken for a shorter one. */
@Timeout(300)
class CutPageTest {

  private static final PullLimits LIMITS =
      new PullLimits(200, 20, Duration.ofMillis(1500), 200_000, 2, Duration.ofMillis(1))
          .withPace(10_000, 1);
  private static final String PAGE =
      IntStream.range(0, 12)
          .mapToObj(
              it ->
                  "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p%d\"},\"x\":[{}]}"
                      .formatted(it))
          .collect(
              Collectors.joining(
                  ",", "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[", "]}"));

  /** How the server says where the page ends. */
  enum Ending {
    LENGTH,
    CHUNKS,
    CLOSE,
    LENGTH_TOO_SHORT;

    String header(int length, int sent) {
      return switch (this) {
        case LENGTH -> "Content-Length: " + length + "\r\n\r\n";
        case CHUNKS -> "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(length) + "\r\n";
        case CLOSE -> "\r\n";
        case LENGTH_TOO_SHORT -> "Content-Length: " + sent + "\r\n\r\n";
      };
    }
  }

  private final ServerSocket server;
  private final AtomicReference<byte @Nullable []> once = new AtomicReference<>();
  private final AtomicReference<byte @Nullable []> always = new AtomicReference<>();

  CutPageTest() throws IOException {
    server = new ServerSocket(0, 50, InetAddress.getByName("localhost"));
    Thread answering = new Thread(this::answer);
    answering.setDaemon(true);
    answering.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource
  void aPageCutAtSomeBytesIsNeverAShorterOne(Ending ending) {
    Random random = new Random(4711);
    int[] cuts =
        IntStream.concat(
                IntStream.of(0, 1, PAGE.length() - 2, PAGE.length() - 1),
                random.ints(40, 0, PAGE.length()))
            .toArray();
    assertNeverShorter(ending, cuts);
  }

  @ParameterizedTest
  @EnumSource
  @Tag("proof")
  void aPageCutAtAnyByteIsNeverAShorterOne(Ending ending) {
    assertNeverShorter(ending, IntStream.range(0, PAGE.length()).toArray());
  }

  @Test
  void aPageThatIsNotCutIsTaken() throws QueryFailedException {
    always.set(answer(Ending.CLOSE, PAGE.length()));
    assertThat(SearchPage.read(asked()).resources()).hasSize(12);
  }

  private void assertNeverShorter(Ending ending, int... cuts) {
    int again = 0;
    for (int cut : cuts) {
      once.set(answer(ending, cut));
      always.set(answer(Ending.LENGTH, PAGE.length()));
      again += resources("cut at " + cut) == 12 ? 1 : 0;
      once.set(null);
      always.set(answer(ending, cut));
      assertThat(resources("always cut at " + cut)).isNegative();
    }
    boolean isNoticed = ending == Ending.LENGTH || ending == Ending.CHUNKS;
    assertThat(again).isGreaterThanOrEqualTo(isNoticed ? cuts.length : 0);
  }

  /** How many came, or -1 if the page was refused. */
  private int resources(String name) {
    try {
      int found = SearchPage.read(asked()).resources().size();
      assertThat(found).as(name).isEqualTo(12);
      return found;
    } catch (QueryFailedException e) {
      assertThat(e.reason()).as(name).isNotBlank();
      return -1;
    }
  }

  private byte[] asked() throws QueryFailedException {
    URI base = URI.create("http://localhost:" + server.getLocalPort() + "/fhir");
    return new PageClient(new FhirEndpoint(base, (String) null, LIMITS)).get(base);
  }

  private static byte[] answer(Ending ending, int cut) {
    byte[] head =
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n" + ending.header(PAGE.length(), cut))
            .getBytes(StandardCharsets.US_ASCII);
    byte[] page = PAGE.getBytes(StandardCharsets.US_ASCII);
    byte[] whole = Arrays.copyOf(head, head.length + cut);
    System.arraycopy(page, 0, whole, head.length, cut);
    return whole;
  }

  private void answer() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept();
          OutputStream out = socket.getOutputStream()) {
        byte[] request = new byte[8192];
        byte[] first = socket.getInputStream().read(request) > 0 ? once.getAndSet(null) : null;
        byte[] due = first == null ? always.get() : first;
        if (due != null) {
          out.write(due);
        }
      } catch (IOException onlyThisConnection) {
        // the next one is answered as well
      }
    }
  }
}
