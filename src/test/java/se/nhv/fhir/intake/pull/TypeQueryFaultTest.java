package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.store.ResourceKey;

/** A hospital that answers wrongly, late, or not at all makes the pull incomplete and visible. */
@Timeout(60)
class TypeQueryFaultTest extends PulledHospital {

  static Stream<Arguments> wrongAnswers() {
    String outcome =
        "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"%s\",\"code\":\"timeout\","
            + "\"diagnostics\":\"Tolvan Tolvansson\"}]}";
    String entry =
        page("2", null).replace("{\"resource\":", "{\"resource\":" + outcome + "},{\"resource\":");
    String whole = page("2", null);
    return Stream.of(
        Arguments.of("HTML", okJson("<html>Log in</html>"), "not a FHIR Bundle"),
        Arguments.of("empty", okJson(""), "not a FHIR Bundle"),
        Arguments.of("outcome", okJson(outcome.formatted("error")), "error timeout"),
        Arguments.of("harmless outcome", okJson(outcome.formatted("warning")), "OperationOutcome"),
        Arguments.of("outcome entry", okJson(entry.formatted("error")), "not whole"),
        Arguments.of("fatal entry", okJson(entry.formatted("fatal")), "not whole"),
        Arguments.of("cut", okJson(whole.substring(0, whole.length() - 9)), "not a FHIR Bundle"),
        Arguments.of("no Bundle", okJson("{\"resourceType\":\"Patient\"}"), "searchset"),
        Arguments.of("collection", okJson(whole.replace("searchset", "collection")), "searchset"),
        Arguments.of("too large", okJson(whole + " ".repeat(200_000)), "larger than"),
        Arguments.of("500", aResponse().withStatus(500), "500"),
        Arguments.of("403", aResponse().withStatus(403), "403"),
        Arguments.of("404", aResponse().withStatus(404), "404"),
        Arguments.of("429", aResponse().withStatus(429).withHeader("Retry-After", "0"), "429"),
        Arguments.of("reset", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "connection"),
        Arguments.of("no answer", aResponse().withFault(Fault.EMPTY_RESPONSE), "connection"),
        Arguments.of("garbage", aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE), "connection"),
        Arguments.of("torn", aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK), "connection"),
        Arguments.of("silent", okJson(whole).withFixedDelay(60_000), "no whole answer within"),
        Arguments.of(
            "drips", okJson(whole).withChunkedDribbleDelay(50, 60_000), "no whole answer within"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongAnswers")
  void aWrongSecondPageMakesThePullIncompleteAndWhatCameStaysStoredOnce(
      String name, ResponseDefinitionBuilder answer, String reason) {
    patients(page("1", "Patient?page=2"));
    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(answer));
    hospital.stubFor(
        get("/fhir/Organization?_count=200")
            .willReturn(okJson(page("o", null).replace("Patient", "Organization"))));

    PullOutcome outcome = pulled();

    assertIncomplete(outcome, "Patient", reason);
    assertThat(outcome.toString()).doesNotContain("Tolvan");
    assertThat(stored()).contains("1");
    assertThat(store.read(new ResourceKey(UNIT.hsaId(), "Organization", "o"))).isPresent();

    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(okJson(page("2", null))));
    PullOutcome again = pulled();
    assertThat(again.complete()).isTrue();
    assertThat(stored()).containsExactly("1", "2");
    assertThat(store.history(new ResourceKey(UNIT.hsaId(), "Patient", "1"))).hasSize(1);
  }

  @ParameterizedTest(name = "{0} with Retry-After {1}")
  @CsvSource({"429,1", "503,1", "503,DATE", "429,99999999999999999999", "503,soon", "502,", "504,"})
  void aPassingFaultIsAskedAgainAfterTheTimeThatTheSourceNames(int status, @Nullable String after) {
    String now = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
    ResponseDefinitionBuilder busy = aResponse().withStatus(status);
    if (after != null) {
      busy.withHeader("Retry-After", after.equals("DATE") ? now : after);
    }
    firstAnswers(busy);

    assertThat(pulled().gaps()).isEmpty();
    assertThat(stored()).containsExactly("1");
  }

  @Test
  void aFaultThatDoesNotPassIsAskedABoundedNumberOfTimes() {
    hospital.stubFor(get(FIRST).willReturn(aResponse().withStatus(503)));
    assertIncomplete(pulled(), "Patient", "503");
    hospital.verify(3, getRequestedFor(urlEqualTo(FIRST)));
  }

  @Test
  void aRemarkOfTheSourceIsNotedAndNotFatal() {
    patients(
        page("1", null)
            .replace(
                "{\"resource\":",
                "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":"
                    + "[{\"severity\":\"warning\",\"code\":\"not-supported\"}]}},{\"resource\":"));
    PullOutcome outcome = pulled();
    assertThat(outcome.complete()).isTrue();
    assertThat(outcome.queries().get(0).notes()).containsExactly("warning not-supported");
  }

  @Test
  void aResourceThatIsNotStrictFhirIsNamedWithItsElementAndTheOthersAreTaken() {
    patients(
        page("2", null)
            .replace(
                "{\"resource\":",
                "{},{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"1\",\"gender\":\"kvinna\"}},"
                    + "{\"resource\":"));
    PullOutcome outcome = pulled();
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.gaps())
        .satisfiesExactlyInAnyOrder(
            it -> assertThat(it).startsWith("Patient/1: Patient.gender").doesNotContain("kvinna"),
            it -> assertThat(it).contains("Bundle.entry[0].resource"));
    assertThat(stored()).containsExactly("2");
  }

  @Test
  void fewerResourcesThanAnnouncedAreIncompleteAndDuplicatePagesAreNot() {
    patients(page("1", null).replace("\"type\"", "\"total\":2,\"type\""));
    assertIncomplete(pulled(), "Patient", "announced 2 resources and sent 1");

    patients(page("1", "Patient?page=2").replace("\"type\"", "\"total\":1,\"type\""));
    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(okJson(page("1", null))));
    assertThat(pulled().complete()).isTrue();
  }
}
