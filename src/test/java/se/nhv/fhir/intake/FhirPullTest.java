package se.nhv.fhir.intake;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

@Timeout(60)
class FhirPullTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final String TOKEN = "s3cret-token";
  private static final String FIRST = "/fhir/Patient?_count=200";
  private static final PullLimits LIMITS =
      new PullLimits(200, 20, Duration.ofMillis(1500), 200_000, 3, Duration.ofMillis(1200));

  private final WireMockServer hospital = new WireMockServer(wireMockConfig().dynamicPort());
  private final WireMockServer stranger = new WireMockServer(wireMockConfig().dynamicPort());
  private final ResourceStore store = new InMemoryStore();
  private final FhirPull pull = new FhirPull(new StoreIntake(store));

  FhirPullTest() {
    hospital.start();
    stranger.start();
    stranger.stubFor(any(anyUrl()).willReturn(okJson(page("stolen", null))));
    hospital.stubFor(
        get(urlMatching("/fhir/[A-Za-z]+\\?_count=200"))
            .atPriority(9)
            .willReturn(
                okJson("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}")));
  }

  @AfterEach
  void stop() {
    hospital.stop();
    stranger.stop();
  }

  @Test
  void allPagesOfARealServerArriveAndASecondPullChangesNothing(@TempDir Path folder)
      throws Exception {
    List<Resource> resources = new ArrayList<>();
    IntStream.range(0, 25).forEach(it -> resources.add(new Patient().setId("p" + it)));
    for (int i = 0; i < 12; i++) {
      Condition condition = new Condition();
      condition.setId("c" + i);
      condition.getSubject().setReference("Patient/p" + i);
      resources.add(condition);
    }
    try (HospitalServer server = new HospitalServer(resources, 10, folder.toString())) {
      List<String> progress = new ArrayList<>();
      FhirEndpoint endpoint = new FhirEndpoint(server.base(), null, PullLimits.defaults());

      PullOutcome outcome =
          pull.pull(UNIT, endpoint, (type, pages, count) -> progress.add(type + pages));

      assertThat(outcome.gaps()).isEmpty();
      assertThat(outcome.complete()).isTrue();
      assertThat(outcome.queries())
          .extracting(PullOutcome.Query::type)
          .containsExactlyElementsOf(AcceptedTypes.ALL);
      assertThat(outcome.queries().get(0).pages()).isEqualTo(3);
      assertThat(outcome.queries().get(0).changed()).isEqualTo(25);
      assertThat(progress).startsWith("Patient1", "Patient2", "Patient3").contains("Condition2");
      assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(25);

      PullOutcome again = pull.pull(UNIT, endpoint, (type, pages, count) -> {});
      assertThat(again.queries()).allSatisfy(it -> assertThat(it.changed()).isZero());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Patient?page=2", "/fhir/Patient?page=2", "Patient?page=2#fragment"})
  void aRelativeNextIsResolvedAgainstTheBase(String next) {
    patients(page("1", next));
    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(okJson(page("2", null))));

    assertThat(pulled().complete()).isTrue();
    assertThat(stored()).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:STRANGER/fhir/Patient?page=2",
        "//localhost:STRANGER/fhir/Patient?page=2",
        "http://127.0.0.1:HOSPITAL/fhir/Patient?page=2",
        "http://2130706433:HOSPITAL/fhir/Patient?page=2",
        "http://[::1]:HOSPITAL/fhir/Patient?page=2",
        "https://localhost:HOSPITAL/fhir/Patient?page=2",
        "http://user:pw@localhost:HOSPITAL/fhir/Patient?page=2",
        "http://localhost:HOSPITAL@localhost:STRANGER/fhir/Patient?page=2",
        "http://localhost:HOSPITAL\\@localhost:STRANGER/",
        "http://localhost.:HOSPITAL/fhir/Patient?page=2",
        "http://localhost/fhir/Patient?page=2",
        "ftp://localhost:HOSPITAL/fhir/Patient?page=2",
        "file:///etc/passwd",
        "http:Patient?page=2",
        "javascript:alert(1)",
        "http://",
        "http://localhost:HOSPITAL:1/",
        "\\u0000",
      })
  void aNextToAnotherOriginIsNotFollowedAndTheTokenStaysHome(String next) {
    patients(page("1", local(next)));

    assertIncomplete(pulled(), "Patient", "page 2");
    assertThat(stored()).containsExactly("1");
    stranger.verify(0, anyRequestedFor(anyUrl()));
    hospital.verify(0, getRequestedFor(urlMatching(".*page=2.*")));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowedAndTheTokenStaysHome(int status) {
    hospital.stubFor(
        get(FIRST)
            .willReturn(
                aResponse().withStatus(status).withHeader("Location", stranger.baseUrl() + "/x")));

    assertIncomplete(pulled(), "Patient", "HTTP status " + status);
    stranger.verify(0, anyRequestedFor(anyUrl()));
  }

  @Test
  void theTokenIsSentToTheHospitalAndStandsInNoAnswer() {
    hospital.stubFor(get(FIRST).willReturn(aResponse().withStatus(401)));

    PullOutcome outcome = pulled();

    hospital.verify(
        getRequestedFor(urlEqualTo(FIRST)).withHeader("Authorization", equalTo("Bearer " + TOKEN)));
    assertThat(outcome.toString()).doesNotContain(TOKEN);
    assertThat(endpoint().toString()).doesNotContain(TOKEN);
  }

  @Test
  void aNextToItselfEndsTheQuery() {
    patients(page("1", FIRST));
    assertIncomplete(pulled(), "Patient", "leads back");
    hospital.verify(1, getRequestedFor(urlEqualTo(FIRST)));
  }

  @Test
  void aCycleOfTwoPagesEndsTheQuery() {
    patients(page("1", "Patient?page=2"));
    hospital.stubFor(get("/fhir/Patient?page=2").willReturn(okJson(page("2", FIRST))));
    assertIncomplete(pulled(), "Patient", "leads back");
    assertThat(stored()).containsExactly("1", "2");
  }

  @Test
  void endlessPagesEndAtTheLimit() {
    WireMockServer endless =
        new WireMockServer(wireMockConfig().dynamicPort().globalTemplating(true));
    endless.start();
    try {
      String next = "Patient?page={{randomValue length=12 type='ALPHANUMERIC'}}";
      endless.stubFor(any(anyUrl()).willReturn(okJson(page("1", next))));
      FhirEndpoint endpoint =
          new FhirEndpoint(URI.create(endless.baseUrl() + "/fhir"), null, LIMITS);
      PullOutcome outcome = pull.pull(UNIT, endpoint, (type, pages, count) -> {});
      assertThat(outcome.queries())
          .allSatisfy(it -> assertThat(it.failure()).contains("more than 20 pages"));
    } finally {
      endless.stop();
    }
  }

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
    hospital.stubFor(
        get(FIRST)
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(busy)
            .willSetStateTo("free"));
    hospital.stubFor(
        get(FIRST)
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(okJson(page("1", null))));

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://h/fhir",
        "http:///fhir",
        "https://u:p@h/fhir",
        "https://h/fhir?x=1",
        "/fhir"
      })
  void aBaseThatIsNoPlainUrlIsWrongConfiguration(String base) {
    assertThatThrownBy(() -> new FhirEndpoint(URI.create(base), null, LIMITS))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private PullOutcome pulled() {
    return pull.pull(UNIT, endpoint(), (type, pages, count) -> {});
  }

  private FhirEndpoint endpoint() {
    return new FhirEndpoint(
        URI.create("http://localhost:" + hospital.port() + "/fhir"), TOKEN, LIMITS);
  }

  private void patients(String page) {
    hospital.stubFor(get(FIRST).willReturn(okJson(page)));
  }

  private List<String> stored() {
    List<String> ids = new ArrayList<>();
    new StoredPatients(store, UNIT).forEachPatient(it -> ids.add(it.id()));
    return ids;
  }

  private String local(String url) {
    return url.replace("STRANGER", Integer.toString(stranger.port()))
        .replace("HOSPITAL", Integer.toString(hospital.port()))
        .replace("\\", "\\\\")
        .replace("\\\\u0000", "\\u0000");
  }

  private static void assertIncomplete(PullOutcome outcome, String type, String reason) {
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.gaps())
        .singleElement()
        .asString()
        .startsWith(type + " from http://localhost:")
        .contains("/fhir/" + type + "?_count=200")
        .contains(reason);
  }

  private static String page(String id, @Nullable String next) {
    String link =
        next == null ? "" : ",\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}]";
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
        + "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\""
        + id
        + "\"}}]"
        + link
        + "}";
  }
}
