package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static se.nhv.fhir.server.Doors.TOKEN_A;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.server.Doors.Answer;

/** What is taken as a message, before anything reads it. */
class MessageTest {

  private final Doors doors = Doors.open();

  @Test
  void compressedRequestsAreRefusedUnread() {
    Answer answer =
        doors.send(
            doors
                .request(TOKEN_A, "/intake/Patient/1")
                .header("Content-Type", "application/fhir+json")
                .header("Content-Encoding", "gzip")
                .PUT(BodyPublishers.ofByteArray(new byte[] {31, -117, 8, 0})));
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.diagnostics()).contains("uncompressed");
  }

  @Test
  void bodiesAboveTenMegabytesAreRefused() {
    String large = "{\"resourceType\":\"Bundle\",\"id\":\"" + "x".repeat(11 * 1024 * 1024) + "\"}";
    assertThat(doors.post(TOKEN_A, "/intake", large).status()).isEqualTo(413);
    Answer chunked =
        doors.send(
            doors
                .request(TOKEN_A, "/intake")
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(large))));
    assertThat(chunked.status()).isEqualTo(413);
    assertThat(chunked.diagnostics()).contains("10 MB");
  }

  @Test
  void headersOfAMegabyteAreRefused() throws IOException {
    URI base = URI.create(doors.base());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(5000);
      OutputStream out = socket.getOutputStream();
      out.write(
          "GET /fhir/metadata HTTP/1.1\r\nHost: x\r\nX-Large: "
              .getBytes(StandardCharsets.US_ASCII));
      try {
        out.write("x".repeat(1024 * 1024).getBytes(StandardCharsets.US_ASCII));
        out.write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
      } catch (IOException e) {
        // The server may close while we still write; its answer is read below.
      }
      InputStream in = socket.getInputStream();
      String status;
      try {
        status = new String(in.readNBytes(12), StandardCharsets.US_ASCII);
      } catch (IOException e) {
        status = "HTTP/1.1 400";
      }
      assertThat(status).isIn("HTTP/1.1 400", "HTTP/1.1 431");
    }
    assertThat(doors.get(null, "/fhir/metadata").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "application/fhir+xml,406",
    "text/html,406",
    "application/fhir+json,200",
    "application/json,200",
    "'application/fhir+xml;q=0.9, application/fhir+json;q=0.8',200",
    "*/*,200",
    "nonsense,406"
  })
  void answersAreInJsonOnly(String accept, int status) {
    Answer answer = doors.send(doors.request(null, "/fhir/metadata").header("Accept", accept));
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/fhir+json");
  }

  @ParameterizedTest
  @CsvSource({
    "xml,406",
    "application/fhir%2Bxml,406",
    "html/json,406",
    "json,200",
    "text/turtle,406"
  })
  void theFormatParameterTakesJsonOnly(String format, int status) {
    Answer answer = doors.get(null, "/intake/metadata?_format=" + format);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.header("Content-Type")).startsWith("application/fhir+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/fhir+xml",
        "text/plain",
        "application/x-ndjson",
        "",
        "application/fhir+json; charset=iso-8859-1",
        "application/json; charset=none"
      })
  void requestsAreTakenInJsonOnly(String type) {
    var request =
        doors
            .request(TOKEN_A, "/intake/Patient/1")
            .PUT(BodyPublishers.ofString(Doors.patient("1")));
    Answer answer = doors.send(type.isEmpty() ? request : request.header("Content-Type", type));
    assertThat(answer.status()).isEqualTo(415);
  }

  @Test
  void aBodyThatDoesNotArriveWholeIsRefused() throws IOException {
    URI base = URI.create(doors.base());
    try (Socket socket = new Socket(base.getHost(), base.getPort())) {
      socket.setSoTimeout(5000);
      String request =
          "PUT /intake/Patient/cut HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
              + TOKEN_A
              + "\r\nContent-Type: application/fhir+json\r\nContent-Length: 500\r\n\r\n{\"res";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      String status = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertThat(status).isIn("HTTP/1.1 400", "");
    }
    assertThat(doors.get(TOKEN_A, "/intake/Patient/cut").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PATCH", "OPTIONS", "TRACE", "PROPFIND", "FOO"})
  void otherMethodsAreRefused(String method) {
    Answer answer =
        doors.send(
            doors.request(TOKEN_A, "/intake/Patient/1").method(method, BodyPublishers.noBody()));
    assertThat(answer.status()).isBetween(400, 405);
  }

  @Test
  void noAnswerSaysWhatRunsTheServer() {
    Answer answer = doors.get(null, "/fhir/metadata");
    assertThat(answer.response().headers().map().keySet())
        .doesNotContain("x-powered-by", "server", "X-Powered-By", "Server");
  }
}
