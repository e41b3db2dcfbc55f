package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What stands in the headers and bytes of an answer is believed only where it is whole and plain.
 */
@Timeout(60)
class TypeQueryAnswerTest extends PulledHospital {

  private static final String NAMED =
      page("2", null).replace("\"id\"", "\"name\":[{\"family\":\"Åström\"}],\"id\"");

  static Stream<Arguments> refused() {
    String type = "application/fhir+json";
    return Stream.of(
        Arguments.of("204", aResponse().withStatus(204), "204, which is no whole answer"),
        Arguments.of("206", okJson(NAMED).withStatus(206), "206, which is no whole answer"),
        Arguments.of("201", okJson(NAMED).withStatus(201), "201, which is no whole answer"),
        Arguments.of("login", ok("<html>").withHeader("Content-Type", "text/html"), "web page"),
        Arguments.of(
            "gzip",
            aResponse().withBody(zipped(NAMED)).withHeader("Content-Encoding", "gzip"),
            "compressed"),
        Arguments.of(
            "bomb",
            aResponse().withBody(zipped(" ".repeat(50 << 20))).withHeader("Content-Encoding", "br"),
            "compressed"),
        Arguments.of("silent gzip", aResponse().withBody(zipped(NAMED)), "not a FHIR Bundle"),
        Arguments.of("latin 1", encoded(StandardCharsets.ISO_8859_1, type), "not a FHIR Bundle"),
        Arguments.of(
            "latin 1 as it says",
            encoded(StandardCharsets.ISO_8859_1, type + "; charset=\"ISO-8859-1\""),
            "character set"),
        Arguments.of("utf 16", encoded(StandardCharsets.UTF_16, type), "not a FHIR Bundle"),
        Arguments.of("a number", okJson("1e999999999"), "not a FHIR Bundle"),
        Arguments.of("deep", okJson("[".repeat(100_000)), "not a FHIR Bundle"),
        Arguments.of("two", okJson(NAMED + NAMED), "not a FHIR Bundle"));
  }

  static Stream<Arguments> taken() {
    return Stream.of(
        Arguments.of("BOM", okJson("\uFEFF" + NAMED)),
        Arguments.of("white space", okJson("\r\n\t " + NAMED + "\n\n")),
        Arguments.of("UTF-8 by name", encoded(StandardCharsets.UTF_8, "a/b;Charset=\"utf-8\"")),
        Arguments.of("no type", aResponse().withBody(NAMED)),
        Arguments.of("identity", okJson(NAMED).withHeader("Content-Encoding", "identity")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void anAnswerThatIsNotPlainIsRefusedAndNamed(
      String name, ResponseDefinitionBuilder answer, String reason) {
    hospital.stubFor(get(FIRST).willReturn(answer));
    assertIncomplete(pulled(), "Patient", reason);
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("taken")
  void anAnswerThatIsWrittenUnusuallyIsTaken(String name, ResponseDefinitionBuilder answer) {
    hospital.stubFor(get(FIRST).willReturn(answer));
    assertThat(pulled().gaps()).isEmpty();
    assertThat(stored()).containsExactly("2");
  }

  @Test
  void noCompressionIsAskedFor() {
    pulled();
    hospital.verify(getRequestedFor(urlEqualTo(FIRST)).withHeader("Accept-Encoding", absent()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-5",
        "1.5",
        "soon",
        "99999999999999999999",
        "9223372036854775807",
        "Wed, 21 Oct 1998 07:28:00 GMT",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Wed, 99 Foo 2026 25:61:00 GMT",
        " 0 "
      })
  void whateverRetryAfterSaysThePageIsAskedForAgainWithinTheLimits(String after) {
    firstAnswers(aResponse().withStatus(429).withHeader("Retry-After", after));
    assertThat(pulled().gaps()).isEmpty();
    assertThat(stored()).containsExactly("1");
  }

  @Test
  void thePausesOfOnePageHaveAnEndTogether() {
    hospital.stubFor(
        get(FIRST).willReturn(aResponse().withStatus(503).withHeader("Retry-After", "3600")));
    PullLimits limits =
        new PullLimits(200, 20, Duration.ofSeconds(5), 200_000, 1_000, Duration.ofMillis(40))
            .withLongestTotalWait(Duration.ofMillis(100));
    FhirEndpoint endpoint =
        new FhirEndpoint(URI.create(hospital.baseUrl() + "/fhir"), TOKEN, limits);

    PullOutcome outcome = pull.pull(UNIT, endpoint, (type, pages, count) -> {});

    assertIncomplete(outcome, "Patient", "503");
    hospital.verify(4, getRequestedFor(urlEqualTo(FIRST))); // after 40, 40 and 20 ms
  }

  private static ResponseDefinitionBuilder encoded(Charset charset, String type) {
    return aResponse().withBody(NAMED.getBytes(charset)).withHeader("Content-Type", type);
  }

  private static byte[] zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
