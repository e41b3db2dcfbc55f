package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends Bundles to the base of an endpoint by the rules that hold for asking one: the token goes to
 * its origin alone, redirects are not followed, and an answer has an end. Nothing is sent twice.
 * Safe for use by many threads at once.
 */
public final class EndpointPost {

  private static final int MOST_BYTES = 1 << 20;

  private final EndpointClient client;
  private final URI base;

  /**
   * What came back.
   *
   * @param status the HTTP status
   * @param body the body, at most 1 MiB
   * @param retryAfter how long to wait, as the answer asks, or null
   */
  @SuppressWarnings("ArrayRecordComponent") // read once, by one thread
  public record Answered(int status, byte[] body, @Nullable Duration retryAfter) {}

  /**
   * To that endpoint.
   *
   * @param timeout for an answer, to its last byte
   */
  public EndpointPost(
      URI base, Authentication authentication, @Nullable ClientTls tls, Duration timeout) {
    PullLimits limits = new PullLimits(1, 1, timeout, MOST_BYTES, 1, Duration.ZERO);
    this.base = base;
    this.client = new EndpointClient(new FhirEndpoint(base, authentication, tls, limits));
  }

  /**
   * Sends a Bundle once.
   *
   * @param json in UTF-8
   * @throws QueryFailedException if no whole answer comes
   */
  public Answered post(byte[] json) throws QueryFailedException {
    HttpResponse<byte[]> response =
        client.exchange(
            HttpRequest.newBuilder(base)
                .header("Accept", "application/fhir+json")
                .header("Content-Type", "application/fhir+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build());
    return new Answered(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Retry-After").map(RetryAfter::parse).orElse(null));
  }
}
