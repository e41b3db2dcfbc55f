package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BackendServicesTest extends PulledHospital {

  private static final String TOKEN_PATH = "/auth/token";
  private static final String DISCOVERY = "/fhir/.well-known/smart-configuration";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-02-03T04:05:06Z"));
  private final SigningKey key = SigningKey.read(ClientKeys.EC.toJSONString(), null);

  private FhirEndpoint smart(@Nullable String tokenEndpoint) {
    return new FhirEndpoint(
        endpoint().base(),
        new Authentication.BackendServices(
            "nhv", key, tokenEndpoint == null ? null : URI.create(tokenEndpoint), "system/*.rs"),
        null,
        LIMITS);
  }

  private String tokenEndpoint() {
    return "http://localhost:" + hospital.port() + TOKEN_PATH;
  }

  private void gives(String token, int seconds) {
    hospital.stubFor(
        post(TOKEN_PATH)
            .willReturn(
                okJson(
                    "{\"access_token\":\"%s\",\"token_type\":\"Bearer\",\"expires_in\":%d}"
                        .formatted(token, seconds))));
  }

  private PullOutcome pulled(FhirEndpoint endpoint) {
    return pull.pull(UNIT, endpoint, (type, pages, count) -> {});
  }

  private int asked(EndpointClient client) throws QueryFailedException {
    return client
        .exchange(HttpRequest.newBuilder(URI.create(hospital.baseUrl() + FIRST)).build())
        .statusCode();
  }

  @Test
  void oneTokenThatTheBaseTellsWhereToGetServesTheWholePull() {
    hospital.stubFor(
        get(DISCOVERY).willReturn(okJson("{\"token_endpoint\":\"" + tokenEndpoint() + "\"}")));
    gives("t1", 300);

    assertThat(pulled(smart(null)).gaps()).isEmpty();

    hospital.verify(
        1, getRequestedFor(urlEqualTo(DISCOVERY)).withHeader("Authorization", absent()));
    hospital.verify(
        1,
        postRequestedFor(urlEqualTo(TOKEN_PATH))
            .withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
            .withHeader("Authorization", absent())
            .withRequestBody(containing("grant_type=client_credentials"))
            .withRequestBody(containing("scope=system%2F*.rs"))
            .withRequestBody(containing("client_assertion=eyJ"))
            .withRequestBody(
                containing(
                    "client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3A"
                        + "client-assertion-type%3Ajwt-bearer")));
    hospital.verify(
        getRequestedFor(urlEqualTo(FIRST)).withHeader("Authorization", equalTo("Bearer t1")));
  }

  @Test
  void aTokenIsKeptUntilShortlyBeforeItExpires() throws QueryFailedException {
    EndpointClient client = new EndpointClient(smart(tokenEndpoint()), clock());
    gives("t1", 300);
    asked(client);
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(265)));
    asked(client);
    hospital.verify(1, postRequestedFor(urlEqualTo(TOKEN_PATH)));
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(10)));
    asked(client);
    hospital.verify(2, postRequestedFor(urlEqualTo(TOKEN_PATH)));
  }

  @Test
  void aTokenThatIsRefusedIsReplacedOnce() throws QueryFailedException {
    hospital.stubFor(
        get(FIRST)
            .inScenario("revoked")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(401))
            .willSetStateTo("renewed"));
    hospital.stubFor(
        get(FIRST)
            .inScenario("revoked")
            .whenScenarioStateIs("renewed")
            .willReturn(okJson(page("1", null))));
    gives("t1", 300);
    EndpointClient client = new EndpointClient(smart(tokenEndpoint()));
    assertThat(asked(client)).isEqualTo(200);
    hospital.verify(2, postRequestedFor(urlEqualTo(TOKEN_PATH)));

    hospital.stubFor(get(FIRST).willReturn(aResponse().withStatus(401)));
    assertThat(asked(client)).isEqualTo(401);
    hospital.verify(3, postRequestedFor(urlEqualTo(TOKEN_PATH)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400|{\"error\":\"invalid_client\",\"error_description\":\"s3cret\"}|400 (invalid_client)",
        "401|{\"error\":\"S3CRET words\"}|HTTP status 401;",
        "500|<html>s3cret|HTTP status 500;",
        "302||HTTP status 302",
        "200|<html>|something else than JSON",
        "200|{\"access_token\":\"s3cret\",\"token_type\":\"mac\"}|without a bearer token",
        "200|{\"access_token\":\"s3cret\\r\\nX: y\",\"token_type\":\"bearer\"}|without a bearer",
        "200|{\"token_type\":\"bearer\"}|without a bearer token"
      })
  void aTokenEndpointThatGivesNoneIsNamedWithItsErrorCode(
      int status, @Nullable String body, String reason) {
    ResponseDefinitionBuilder answer =
        aResponse().withStatus(status).withHeader("Location", stranger.baseUrl() + "/token");
    hospital.stubFor(post(TOKEN_PATH).willReturn(body == null ? answer : answer.withBody(body)));

    PullOutcome outcome = pulled(smart(tokenEndpoint()));

    assertThat(outcome.complete()).isFalse();
    assertThat(outcome.gaps())
        .allSatisfy(
            it ->
                assertThat(it)
                    .contains("no token for the source", reason)
                    .doesNotContainIgnoringCase("s3cret"));
    stranger.verify(0, anyRequestedFor(anyUrl()));
    hospital.verify(0, getRequestedFor(urlEqualTo(FIRST)));
  }

  @Test
  void aTokenEndpointThatIsBusyIsAskedAgainWithANewAssertion() {
    hospital.stubFor(
        post(TOKEN_PATH)
            .inScenario("busy")
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(aResponse().withStatus(503))
            .willSetStateTo("free"));
    hospital.stubFor(
        post(TOKEN_PATH)
            .inScenario("busy")
            .whenScenarioStateIs("free")
            .willReturn(okJson("{\"access_token\":\"t\",\"token_type\":\"bearer\"}")));
    assertThat(pulled(smart(tokenEndpoint())).gaps()).isEmpty();
    assertThat(hospital.findAll(postRequestedFor(urlEqualTo(TOKEN_PATH))))
        .extracting(it -> it.getBodyAsString())
        .hasSize(2)
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://auth.example.org/token",
        "http://localhost.example.org/token",
        "http://2130706433/token",
        "https://u:p@auth.example.org/token",
        "https://auth.example.org/token#x",
        "ftp://localhost/token",
        "file:///token",
        "/token",
        "not a url",
        ""
      })
  void anAssertionIsSentOverTlsOrNotAtAll(String address) {
    hospital.stubFor(get(DISCOVERY).willReturn(okJson("{\"token_endpoint\":\"" + address + "\"}")));
    assertThat(pulled(smart(null)).gaps())
        .allSatisfy(it -> assertThat(it).contains("names no token endpoint with https"));
    hospital.verify(0, postRequestedFor(anyUrl()));
    if (!address.contains(" ")) {
      assertThatThrownBy(() -> smart(address)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void noSecretStandsInTheTextOfAnySetting() {
    FhirEndpoint endpoint = smart(tokenEndpoint());
    assertThat(endpoint.toString() + endpoint.authentication())
        .contains("nhv")
        .doesNotContain(ClientKeys.EC.getD().toString());
    assertThat(endpoint().authentication().toString()).doesNotContain(TOKEN);
    assertThat(new TokenEndpoint.Granted("t0ken", Duration.ofMinutes(5)).toString())
        .doesNotContain("t0ken");
  }

  private Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return Objects.requireNonNull(now.get());
      }
    };
  }
}
