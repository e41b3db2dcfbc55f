package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;

/**
 * Where SMART Backend Services give out tokens: POST with a signed assertion (SMART App Launch 2.2,
 * backend-services.html), at the configured address or the one that the base's own {@code
 * .well-known/smart-configuration} names. For one thread at a time.
 */
final class TokenEndpoint {

  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
  private static final int MOST_BYTES = 1 << 20;
  private static final long MOST_SECONDS = Duration.ofDays(1).toSeconds();
  private static final int UNSAID = 300;

  /**
   * A token.
   *
   * @param life how long it is good for, at most a day
   */
  record Granted(String token, Duration life) {
    @Override
    public String toString() {
      return "a token for " + life;
    }
  }

  private final URI base;
  private final Authentication.BackendServices services;
  private final Wire wire;
  private @Nullable URI address;

  TokenEndpoint(URI base, Authentication.BackendServices services, Wire wire) {
    this.base = base;
    this.services = services;
    this.wire = wire;
    this.address = services.tokenEndpoint();
  }

  /** Asks for a token, with a new assertion each time. */
  Granted ask(Instant now) throws TokenRefusedException {
    URI url = address();
    Map<String, String> form =
        Map.of(
            "grant_type",
            "client_credentials",
            "scope",
            services.scope(),
            "client_assertion_type",
            ASSERTION,
            "client_assertion",
            services.key().assertion(services.clientId(), url, now));
    HttpResponse<byte[]> response =
        send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(encoded(form))),
            "the token endpoint");
    if (response.statusCode() != 200) {
      throw new TokenRefusedException(
          "the token endpoint answered with HTTP status "
              + response.statusCode()
              + errorCode(response.body())
              + "; check client id, key, kid and scope with the hospital",
          new Answer.Answered<>(response).isPassing());
    }
    return granted(json(response.body(), "the token endpoint"));
  }

  private static Granted granted(ObjectNode answer) throws TokenRefusedException {
    String token = answer.path("access_token").asText();
    String type = answer.path("token_type").asText();
    if (!Authentication.isToken(token) || !type.equalsIgnoreCase("bearer")) {
      throw new TokenRefusedException(
          "the token endpoint answered without a bearer token; ask the source's vendor", false);
    }
    long seconds = answer.path("expires_in").asLong(UNSAID);
    return new Granted(token, Duration.ofSeconds(Math.max(0, Math.min(seconds, MOST_SECONDS))));
  }

  private URI address() throws TokenRefusedException {
    URI known = address;
    if (known == null) {
      known = discovered();
      address = known;
    }
    return known;
  }

  private URI discovered() throws TokenRefusedException {
    URI url = Origin.below(base, ".well-known/smart-configuration");
    HttpResponse<byte[]> response =
        send(HttpRequest.newBuilder(url).GET(), ".well-known/smart-configuration");
    if (response.statusCode() != 200) {
      throw new TokenRefusedException(
          ".well-known/smart-configuration answered with HTTP status "
              + response.statusCode()
              + "; configure the token endpoint",
          new Answer.Answered<>(response).isPassing());
    }
    String named =
        json(response.body(), ".well-known/smart-configuration").path("token_endpoint").asText();
    try {
      URI found = URI.create(named);
      if (Authentication.isTokenEndpoint(found)) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw unusable();
    }
    throw unusable();
  }

  private static TokenRefusedException unusable() {
    return new TokenRefusedException(
        ".well-known/smart-configuration names no token endpoint with https; configure it", false);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request, String whom)
      throws TokenRefusedException {
    HttpRequest plain = request.header("Accept", "application/json").build();
    Answer<byte[]> answer = wire.send(plain, info -> new PageBody(MOST_BYTES), Wire.NO_PROGRESS);
    try {
      return answer.response();
    } catch (QueryFailedException e) {
      throw new TokenRefusedException(whom + ": " + e.reason(), answer.isPassing());
    }
  }

  private static ObjectNode json(byte[] body, String whom) throws TokenRefusedException {
    try {
      return StrictJson.tree(body);
    } catch (MalformedResourceException e) {
      throw new TokenRefusedException(
          whom + " answered with something else than JSON; ask the source's vendor", false);
    }
  }

  /** The error code of OAuth 2 (RFC 6749, 5.2); its description may say too much. */
  private static String errorCode(byte[] body) {
    try {
      JsonNode code = StrictJson.tree(body).path("error");
      return code.asText().matches("[a-z_]{1,40}") ? " (" + code.asText() + ")" : "";
    } catch (MalformedResourceException e) {
      return "";
    }
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }
}
