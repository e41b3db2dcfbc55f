package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No address that a source names, in a link or a redirect, leads the pull or its token elsewhere.
 */
@Timeout(120)
class ForeignAddressTest extends PulledHospital {

  /** HOSPITAL and STRANGER stand for ports of this machine; the stranger is a trap. */
  private static final List<String> ADDRESSES =
      List.of(
          "http://localhost:STRANGER/fhir/Patient?page=2",
          "//localhost:STRANGER/fhir/Patient?page=2",
          "HTTP://LOCALHOST:STRANGER/fhir/Patient?page=2",
          "hTTp://lOcAlHoSt:STRANGER/fhir/Patient?page=2",
          "http://127.0.0.1:HOSPITAL/fhir/Patient?page=2",
          "http://127.0.0.1:STRANGER/fhir/Patient?page=2",
          "http://127.1:STRANGER/fhir/Patient?page=2",
          "http://2130706433:STRANGER/fhir/Patient?page=2",
          "http://0x7f000001:STRANGER/fhir/Patient?page=2",
          "http://0x7f.0.0.1:STRANGER/fhir/Patient?page=2",
          "http://017700000001:STRANGER/fhir/Patient?page=2",
          "http://0177.0.0.1:STRANGER/fhir/Patient?page=2",
          "http://0.0.0.0:STRANGER/fhir/Patient?page=2",
          "http://0:STRANGER/fhir/Patient?page=2",
          "http://[::1]:STRANGER/fhir/Patient?page=2",
          "http://[::ffff:127.0.0.1]:STRANGER/fhir/Patient?page=2",
          "http://[0:0:0:0:0:0:0:1]:STRANGER/fhir/Patient?page=2",
          "http://[::1%25lo]:STRANGER/fhir/Patient?page=2",
          "http://169.254.169.254/latest/meta-data",
          "https://localhost:HOSPITAL/fhir/Patient?page=2",
          "https://localhost:STRANGER/fhir/Patient?page=2",
          "ws://localhost:HOSPITAL/fhir/Patient?page=2",
          "ftp://localhost:HOSPITAL/fhir/Patient?page=2",
          "http://user:pw@localhost:HOSPITAL/fhir/Patient?page=2",
          "http://user@localhost:HOSPITAL/fhir/Patient?page=2",
          "http://@localhost:HOSPITAL/fhir/Patient?page=2",
          "http://localhost:HOSPITAL@localhost:STRANGER/fhir/Patient?page=2",
          "http://localhost%3AHOSPITAL@localhost:STRANGER/fhir/Patient?page=2",
          "http://localhost:HOSPITAL\\@localhost:STRANGER/fhir/Patient?page=2",
          "http:\\\\localhost:STRANGER\\fhir\\Patient?page=2",
          "\\\\localhost:STRANGER\\fhir",
          "/\\localhost:STRANGER/fhir/Patient?page=2",
          "http://localhost.:HOSPITAL/fhir/Patient?page=2",
          "http://localhost.:STRANGER/fhir/Patient?page=2",
          "http://localhost\u3002:STRANGER/fhir/Patient?page=2",
          "http://127\u30020\u30020\u30021:STRANGER/fhir/Patient?page=2",
          "http://127\uff0e0\uff0e0\uff0e1:STRANGER/fhir/Patient?page=2",
          "http://\u24db\u24de\u24d2alhost:STRANGER/fhir/Patient?page=2",
          "http://localhost%2e:STRANGER/fhir/Patient?page=2",
          "http://localhost%00.example.org:STRANGER/fhir/Patient?page=2",
          "http://loc\talhost:STRANGER/fhir/Patient?page=2",
          "ht\ttp://localhost:STRANGER/fhir/Patient?page=2",
          "http://localhost:STRANGER\n/fhir/Patient?page=2",
          "http://localhost:HOSPITAL\r\nAuthorization: x",
          "http://localhost:HOSPITAL0/fhir/Patient?page=2",
          "http://localhost:-1/fhir/Patient?page=2",
          "http://localhost:99999/fhir/Patient?page=2",
          "http://localhost:HOSPITAL:STRANGER/fhir/Patient?page=2",
          "http://localhost/fhir/Patient?page=2",
          "http:///fhir/Patient?page=2",
          "http://",
          "http:Patient?page=2",
          "file:///etc/passwd",
          "file://localhost/etc/passwd",
          "jar:http://localhost:STRANGER/x!/y",
          "data:application/fhir+json,{}",
          "javascript:alert(1)",
          "urn:uuid:3b1b5a06-8d0c-4f1b-9d0a-1d5b5f7c2a11",
          "\u0000");

  static Stream<Arguments> links() {
    return IntStream.range(0, ADDRESSES.size()).mapToObj(it -> Arguments.of(it, ADDRESSES.get(it)));
  }

  static Stream<Arguments> redirects() {
    List<Integer> statuses = List.of(300, 301, 302, 303, 304, 305, 306, 307, 308);
    return links()
        .filter(it -> !it.get()[1].toString().matches("(?s).*[\r\n\u0000].*"))
        .map(it -> Arguments.of(it.get()[1], statuses.get((int) it.get()[0] % statuses.size())));
  }

  @ParameterizedTest
  @MethodSource("links")
  void aNextElsewhereIsNotFollowed(int number, String address) {
    patients(page("1", new String(JsonStringEncoder.getInstance().quoteAsString(local(address)))));

    assertIncomplete(pulled(), "Patient", "page 2");

    assertThat(stored()).containsExactly("1");
    hospital.verify(0, getRequestedFor(urlMatching(".*page=2.*")));
    stranger.verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @MethodSource("redirects")
  void aRedirectIsNotFollowed(String address, int status) {
    hospital.stubFor(
        get(FIRST)
            .willReturn(aResponse().withStatus(status).withHeader("Location", local(address))));

    assertIncomplete(pulled(), "Patient", "HTTP status " + status);

    hospital.verify(1, getRequestedFor(urlMatching(".*Patient.*")));
    stranger.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void aNextWithAnEmptyHostIsAPathOfTheBase() {
    patients(page("1", local("///localhost:STRANGER/fhir/Patient?page=2")));
    assertIncomplete(pulled(), "Patient", "404");
    stranger.verify(0, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "http://localhost:HOSPITAL/fhir/Patient?page=2",
        "HTTP://LOCALHOST:HOSPITAL/fhir/Patient?page=2",
        "//localhost:HOSPITAL/fhir/Patient?page=2",
        "\" Patient?page=2\t\"",
        "./Patient?page=2",
        "../fhir/Patient?page=2#x"
      })
  void aNextToTheSameOriginIsFollowedHoweverItIsWritten(String address) {
    patients(page("1", local(address).replace("\t", "\\t")));
    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(okJson(page("2", null))));
    assertThat(pulled().gaps()).isEmpty();
    assertThat(stored()).containsExactly("1", "2");
  }

  @ParameterizedTest
  @CsvSource({
    "https://h.example/fhir,https://h.example:443/fhir?x,true",
    "https://h.example:443/fhir,https://H.EXAMPLE/other,true",
    "http://h.example/fhir,http://h.example:80/fhir,true",
    "https://h.example/fhir,https://h.example:80/fhir,false",
    "https://h.example/fhir,http://h.example:443/fhir,false",
    "https://h.example/fhir,https://h.example.evil/fhir,false",
    "https://h.example/fhir,https://evilh.example/fhir,false",
    "https://h.example/fhir,https://sub.h.example/fhir,false"
  })
  void aDefaultPortWrittenOutIsTheSameOriginAndALongerNameIsNot(URI base, String link, boolean same)
      throws QueryFailedException {
    if (same) {
      assertThat(Origin.of(Origin.follow(base, link))).isEqualTo(Origin.of(base));
    } else {
      assertThatThrownBy(() -> Origin.follow(base, link))
          .isInstanceOf(QueryFailedException.class)
          .hasMessageContaining("another origin");
    }
  }

  private String local(String address) {
    return address
        .replace("STRANGER", Integer.toString(stranger.port()))
        .replace("HOSPITAL", Integer.toString(hospital.port()));
  }
}
