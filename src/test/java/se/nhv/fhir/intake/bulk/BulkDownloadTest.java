package se.nhv.fhir.intake.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.pull.Origin;

/** Downloads that break off, and runs that are killed, end in the same data as undisturbed ones. */
@Timeout(60)
class BulkDownloadTest extends ExportedHospital {

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDownloadThatBreaksOffGoesOnWhereItStoodOrFromTheStart(boolean ranges) {
    hospital.ranges = ranges;
    hospital.breaks = 2;

    assertThat(exported().gaps()).isEmpty();

    assertThat(stored()).containsExactly("1", "2", "3");
    List<BulkServer.Asked> asked =
        hospital.asked.stream().filter(it -> it.header("Range") != null).toList();
    assertThat(asked).hasSize(ranges ? 2 : 0);
    assertThat(asked)
        .allSatisfy(
            it -> {
              assertThat(it.header("Range")).matches("bytes=[1-9][0-9]*-");
              assertThat(it.header("If-Range")).isEqualTo("\"v1\"");
            });
  }

  @Test
  void aDownloadThatAlwaysBreaksOffIsNamed() {
    hospital.breaks = Integer.MAX_VALUE;
    assertThat(exported().gaps())
        .hasSize(3)
        .allSatisfy(it -> assertThat(it).contains("/files/", "connection failed"));
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aRunThatIsKilledAtAnyStepIsGoneOnWith(int step) throws IOException {
    hospital.busyPolls = 3;
    assertThatThrownBy(
            () ->
                export()
                    .pull(
                        UNIT,
                        endpoint(),
                        REQUEST,
                        it -> {
                          steps.add(it);
                          if (steps.size() > step) {
                            throw new IllegalStateException("killed");
                          }
                        }))
        .hasMessage("killed");

    assertThat(exported().gaps()).isEmpty();

    assertThat(hospital.kickOffs).isEqualTo(1);
    assertThat(hospital.at("/files/p1")).hasSize(1);
    assertThat(stored()).containsExactly("1", "2", "3");
    assertNothingIsLeftOver();
  }

  @Test
  void aRunForAnotherRequestDropsTheOneThatWasBegun() throws IOException {
    hospital.busyPolls = Integer.MAX_VALUE;
    exported();
    hospital.busyPolls = 0;
    BulkRequest other = REQUEST.withTypes(List.of("Patient"));
    assertThat(export().pull(UNIT, endpoint(), other, steps::add).gaps()).isEmpty();
    assertThat(hospital.kickOffs).isEqualTo(2);
    assertThat(hospital.paths("DELETE")).containsExactly("/status/1", "/status/2");
    assertNothingIsLeftOver();
  }

  @Test
  void aFileOfManyBatchesIsReadWhole() {
    String[] ids = IntStream.range(0, 1_234).mapToObj(Integer::toString).toArray(String[]::new);
    hospital.files.put("/files/p2", BulkServer.patients(ids));
    assertThat(exported().gaps()).isEmpty();
    assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(1_234);
  }

  @Test
  void aFileLargerThanTheLimitIsNamedAndNotKept() {
    hospital.files.put("/files/p2", "\n".repeat((1 << 20) + 1));
    assertGap(exported(), "Patient file (output 3)", "larger than 1048576 bytes");
  }

  @Test
  void aFileWhoseEndNobodyKnowsIsNamedUnlessTheManifestCountsItsLines() throws IOException {
    try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
      Thread server = new Thread(() -> answerWithoutLength(plain));
      server.setDaemon(true);
      server.start();
      String url = "http://localhost:" + plain.getLocalPort() + "/p";
      BulkRequest request = REQUEST.withFileOrigins(Set.of(Origin.of(URI.create(url))));
      String entry = "{\"type\":\"Patient\",\"url\":\"" + url + "\"%s}";

      hospital.manifest(true, List.of(entry.formatted("")), List.of(), List.of());
      assertGap(
          export().pull(UNIT, endpoint(), request, steps::add),
          "cannot be known",
          "Content-Length");
      hospital.manifest(true, List.of(entry.formatted(",\"count\":1")), List.of(), List.of());
      assertThat(export().pull(UNIT, endpoint(), request, steps::add).gaps()).isEmpty();
    }
  }

  private static void answerWithoutLength(ServerSocket plain) {
    while (!plain.isClosed()) {
      try (Socket socket = plain.accept();
          OutputStream out = socket.getOutputStream()) {
        byte[] request = new byte[4096];
        if (socket.getInputStream().read(request) > 0) {
          String answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BulkServer.patients("9");
          out.write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      } catch (IOException e) {
        return;
      }
    }
  }
}
