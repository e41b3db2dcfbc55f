package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;

/** A hospital that answers as a test says, a stranger that must never be asked, and a pull. */
abstract class PulledHospital {

  static final Unit UNIT = new Unit("SE0000000000-A");
  static final String TOKEN = "s3cret-token";
  static final String FIRST = "/fhir/Patient?_count=200";
  static final PullLimits LIMITS =
      new PullLimits(200, 20, Duration.ofMillis(1500), 200_000, 3, Duration.ofMillis(1200));

  final WireMockServer hospital = new WireMockServer(wireMockConfig().dynamicPort());
  final WireMockServer stranger = new WireMockServer(wireMockConfig().dynamicPort());
  final MemoryDatabase database = new MemoryDatabase();
  final ResourceStore store = database.store();
  final EveryType pull = new EveryType(new StoreIntake(store));

  PulledHospital() {
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
    database.close();
  }

  PullOutcome pulled() {
    return pull.pull(UNIT, endpoint(), (type, pages, count) -> {});
  }

  FhirEndpoint endpoint() {
    return new FhirEndpoint(
        URI.create("http://localhost:" + hospital.port() + "/fhir"), TOKEN, LIMITS);
  }

  /** Answers so when first asked for Patients, and with one Patient, 1, when asked again. */
  void firstAnswers(ResponseDefinitionBuilder busy) {
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
  }

  void patients(String page) {
    hospital.stubFor(get(FIRST).willReturn(okJson(page)));
  }

  List<String> stored() {
    List<String> ids = new ArrayList<>();
    new StoredPatients(store, UNIT).forEachPatient(it -> ids.add(it.id()));
    return ids;
  }

  static void assertIncomplete(PullOutcome outcome, String type, String reason) {
    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.gaps())
        .singleElement()
        .asString()
        .startsWith(type + " from http://localhost:")
        .contains("/fhir/" + type + "?_count=200")
        .contains(reason);
  }

  static String page(String id, @Nullable String next) {
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
