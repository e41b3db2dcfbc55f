package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to a door, over one that answers as the test decides. */
@Timeout(60)
class EndpointDoorTest {

  private static final String TOKEN = "token-of-the-unit-0123";
  private static final String BUNDLE = "{\"resourceType\":\"Bundle\",\"type\":\"transaction\"}";
  private static final int ONE_MEBIBYTE = 1 << 20;

  private final WireMockServer door =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());
  private final WireMockServer stranger =
      new WireMockServer(WireMockConfiguration.options().dynamicPort());

  @BeforeEach
  void open() {
    door.start();
    stranger.start();
    stranger.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(200)));
  }

  @AfterEach
  void close() {
    door.stop();
    stranger.stop();
  }

  private EndpointDoor.Answered sent(Duration timeout) throws QueryFailedException {
    return new EndpointDoor(
            URI.create(door.baseUrl() + "/fhir"),
            new Authentication.BearerToken(TOKEN),
            null,
            timeout)
        .post(BUNDLE.getBytes(StandardCharsets.UTF_8));
  }

  private EndpointDoor.Answered sent() throws QueryFailedException {
    return sent(Duration.ofSeconds(20));
  }

  @Test
  void aBundleIsSentOnceToTheBaseWithTheToken() throws QueryFailedException {
    door.stubFor(post("/fhir").willReturn(aResponse().withStatus(200).withBody("{}")));
    EndpointDoor.Answered answer = sent();
    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("{}");
    assertThat(answer.retryAfter()).isNull();
    door.verify(
        1,
        postRequestedFor(urlEqualTo("/fhir"))
            .withHeader("Authorization", equalTo("Bearer " + TOKEN))
            .withHeader("Content-Type", equalTo("application/fhir+json"))
            .withHeader("Accept", equalTo("application/fhir+json"))
            .withRequestBody(equalToJson(BUNDLE)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsAnAnswerAndTheTokenStays(int status) throws QueryFailedException {
    door.stubFor(
        post("/fhir")
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Location", stranger.baseUrl() + "/fhir")));
    assertThat(sent().status()).isEqualTo(status);
    stranger.verify(0, anyRequestedFor(anyUrl()));
    door.verify(1, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"503, 17, 17", "429, 0, 0", "500, x, 1", "401, -, -"})
  void whatIsRefusedIsNotSentAgainAndSaysHowLongToWait(
      int status, @Nullable String header, @Nullable Integer seconds) throws QueryFailedException {
    door.stubFor(
        post("/fhir")
            .willReturn(
                header == null
                    ? aResponse().withStatus(status)
                    : aResponse().withStatus(status).withHeader("Retry-After", header)));
    EndpointDoor.Answered answer = sent();
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.retryAfter()).isEqualTo(seconds == null ? null : Duration.ofSeconds(seconds));
    door.verify(1, anyRequestedFor(anyUrl()));
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBrokenAnswerIsNone(Fault fault) {
    door.stubFor(post("/fhir").willReturn(aResponse().withStatus(200).withFault(fault)));
    assertThatThrownBy(this::sent).isInstanceOf(QueryFailedException.class);
  }

  @Test
  void anAnswerThatDripsEndsWithTheTimeout() {
    door.stubFor(
        post("/fhir")
            .willReturn(
                aResponse().withStatus(200).withBody("{}").withChunkedDribbleDelay(2, 30_000)));
    assertThatThrownBy(() -> sent(Duration.ofMillis(500))).isInstanceOf(QueryFailedException.class);
  }

  @Test
  void anAnswerHasALargestSize() throws QueryFailedException {
    door.stubFor(
        post("/fhir").willReturn(aResponse().withStatus(200).withBody("x".repeat(ONE_MEBIBYTE))));
    assertThat(sent().body()).hasSize(ONE_MEBIBYTE);
    door.stubFor(
        post("/fhir")
            .willReturn(aResponse().withStatus(200).withBody("x".repeat(ONE_MEBIBYTE + 1))));
    assertThatThrownBy(this::sent).isInstanceOf(QueryFailedException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fhir", "/fhir/"})
  void aQuestionFollowsTheBaseWithTheToken(String base) throws QueryFailedException {
    door.stubFor(
        get("/fhir/Provenance?target=MeasureReport/x")
            .withHeader("Authorization", equalTo("Bearer " + TOKEN))
            .willReturn(aResponse().withStatus(200).withBody(BUNDLE)));
    EndpointDoor asked =
        new EndpointDoor(
            URI.create(door.baseUrl() + base),
            new Authentication.BearerToken(TOKEN),
            null,
            Duration.ofSeconds(5));
    EndpointDoor.Answered answer = asked.get("Provenance?target=MeasureReport/x");
    assertThat(answer.status()).isEqualTo(200);
    assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(BUNDLE);
  }
}
