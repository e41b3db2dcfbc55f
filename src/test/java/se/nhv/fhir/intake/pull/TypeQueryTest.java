package se.nhv.fhir.intake.pull;

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
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.AcceptedTypes;

@Timeout(60)
class TypeQueryTest extends PulledHospital {

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

  private String local(String url) {
    return url.replace("STRANGER", Integer.toString(stranger.port()))
        .replace("HOSPITAL", Integer.toString(hospital.port()))
        .replace("\\", "\\\\")
        .replace("\\\\u0000", "\\u0000");
  }
}
