package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;
import static se.nhv.fhir.server.Doors.newId;
import static se.nhv.fhir.server.Doors.patient;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;
import se.nhv.fhir.server.door.MessageFilter;

/** Requests at and beyond every bound, and such as no client library would send. */
class HostileRequestsTest {

  private final Doors doors = Doors.open();

  @ParameterizedTest
  @CsvSource({"500, 200", "501, 413"})
  void aBundleHasFiveHundredEntriesAtMost(int entries, int status) {
    String id = newId();
    String bundle =
        IntStream.range(0, entries)
            .mapToObj(
                i ->
                    "{\"request\":{\"method\":\"PUT\",\"url\":\"Patient/%1$s-%2$d\"},\"resource\":%3$s}"
                        .formatted(id, i, patient(id + "-" + i)))
            .collect(
                Collectors.joining(
                    ",",
                    "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[",
                    "]}"));
    Answer answer = doors.post(TOKEN_A, "/intake", bundle);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(doors.get(TOKEN_A, "/intake/Patient/" + id + "-0").status())
        .isEqualTo(status == 200 ? 200 : 404);
  }

  @ParameterizedTest
  @CsvSource({"0, 201", "1, 413", "1000000, 413"})
  void aBodyHasTenMegabytesAtMost(int above, int status) {
    String id = newId();
    byte[] body = new byte[MessageFilter.MOST_BYTES + above];
    Arrays.fill(body, (byte) ' ');
    byte[] json = patient(id).getBytes(StandardCharsets.UTF_8);
    System.arraycopy(json, 0, body, 0, json.length);
    for (boolean chunked : new boolean[] {false, true}) {
      HttpRequest.BodyPublisher publisher =
          chunked
              ? BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body))
              : BodyPublishers.ofByteArray(body);
      Answer answer = doors.send(json("/intake/Patient/" + id).PUT(publisher));
      assertThat(answer.status()).isIn(status, status == 201 ? 200 : status);
      if (status == 413) {
        assertThat(answer.diagnostics()).contains("10 MB");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "identity, gzip", "x"})
  void anEncodedBodyIsRefusedWithoutBeingInflated(String encoding) throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] spaces = new byte[1 << 20];
      Arrays.fill(spaces, (byte) ' ');
      for (int i = 0; i < 200; i++) {
        gzip.write(spaces);
      }
    }
    Answer answer =
        doors.send(
            json("/intake")
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofByteArray(bomb.toByteArray())));
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.diagnostics()).contains("uncompressed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/fhir+json", "application/fhir+xml", "text/xml", "text/plain"})
  void xmlIsNeverRead(String type) {
    String xml =
        "<?xml version=\"1.0\"?><!DOCTYPE p [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"
            + "<Patient xmlns=\"http://hl7.org/fhir\"><id value=\"&e;\"/></Patient>";
    Answer answer =
        doors.send(
            doors
                .request(TOKEN_A, "/intake/Patient/1")
                .timeout(Duration.ofSeconds(5))
                .header("Content-Type", type)
                .PUT(BodyPublishers.ofString(xml)));
    assertThat(answer.status()).isIn(400, 415);
    assertThat(answer.diagnostics()).isNotEmpty();
    assertThat(answer.body()).doesNotContain("root:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: x\r\n\r\nhello",
        "Content-Length: -1\r\n\r\nhello",
        "Content-Length: 99999999999999999999\r\n\r\nhello",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFF\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: gzip\r\n\r\nhello",
        "Expect: 200-maybe\r\nContent-Length: 0\r\n\r\n",
        "X\u0000Y: 1\r\nContent-Length: 0\r\n\r\n",
        " folded: 1\r\nContent-Length: 0\r\n\r\n",
        "no colon\r\n\r\n"
      })
  void aMessageThatLiesOfItselfIsRefusedAndNothingFollowsFromIt(String rest) throws IOException {
    String status = raw(rest);
    assertThat(status).matches("HTTP/1.1 (4\\d\\d|501).*"); // 501: the transfer coding is unknown
    aGoodRequestIsAnswered();
  }

  @ParameterizedTest
  @ValueSource(ints = {17_000, 1_000_000, 5_000_000})
  void aHeaderOfAMegabyteIsRefused(int length) throws IOException {
    assertThat(raw("X: " + "x".repeat(length) + "\r\n\r\n")).matches("(HTTP/1.1 4\\d\\d.*)?");
    aGoodRequestIsAnswered();
  }

  @Test
  void manyWhoSendSlowlyDoNotHoldUpTheOthers() throws IOException {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        Socket socket = connect();
        socket
            .getOutputStream()
            .write("POST /intake HTTP/1.1\r\nHost: x\r\nX: ".getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
        slow.add(socket);
      }
      aGoodRequestIsAnswered();
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  private void aGoodRequestIsAnswered() {
    String id = newId();
    assertThat(
            doors
                .send(json("/intake/Patient/" + id).PUT(BodyPublishers.ofString(patient(id))))
                .status())
        .isEqualTo(201);
  }

  private HttpRequest.Builder json(String path) {
    return doors
        .request(TOKEN_A, path)
        .timeout(Duration.ofSeconds(5))
        .header("Content-Type", "application/fhir+json");
  }

  /** The status line of the answer, or nothing if the connection was closed without one. */
  private String raw(String rest) throws IOException {
    try (Socket socket = connect()) {
      String head =
          "POST /intake HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TOKEN_A
              + "\r\nContent-Type: application/fhir+json\r\n";
      try {
        socket.getOutputStream().write((head + rest).getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        byte[] answer = socket.getInputStream().readNBytes(4000);
        return new String(answer, StandardCharsets.UTF_8).lines().findFirst().orElse("");
      } catch (SocketException closed) { // refused before it was all sent
        return "";
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), URI.create(doors.base()).getPort());
    socket.setSoTimeout(5000);
    return socket;
  }
}
