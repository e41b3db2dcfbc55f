package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends Bundles to an endpoint, and single questions, by the rules that hold for a pull: the token
 * goes to its origin alone, redirects are not followed, and an answer has an end. Nothing is sent
 * twice. Safe for use by many threads at once.
 */
public final class EndpointDoor {

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
  public EndpointDoor(
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
    return exchange(
        HttpRequest.newBuilder(base)
            .header("Content-Type", "application/fhir+json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json)));
  }

  /**
   * Asks once.
   *
   * @param query what follows the base: a type or operation, and parameters
   * @throws QueryFailedException if no whole answer comes
   */
  public Answered get(String query) throws QueryFailedException {
    return exchange(
        HttpRequest.newBuilder(base.resolve(base.getPath().replaceAll("/+$", "") + "/" + query))
            .GET());
  }

  private Answered exchange(HttpRequest.Builder request) throws QueryFailedException {
    HttpResponse<byte[]> response =
        client.exchange(request.header("Accept", "application/fhir+json").build());
    return new Answered(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Retry-After").map(RetryAfter::parse).orElse(null));
  }
}
