package se.nhv.fhir.intake.pull;

import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks one endpoint, as who it knows us to be, at the pace that it is given. What may pass is asked
 * again after a while; a token that is not taken is replaced once. The token goes to the origin of
 * the base alone. Safe for use by many threads at once.
 */
public final class EndpointClient {

  private static final int UNAUTHORIZED = 401;

  private final FhirEndpoint endpoint;
  private final Wire wire;
  private final Tokens tokens;
  private final Pace pace;

  /** For that endpoint. */
  public EndpointClient(FhirEndpoint endpoint) {
    this(endpoint, Clock.systemUTC());
  }

  EndpointClient(FhirEndpoint endpoint, Clock clock) {
    this.endpoint = endpoint;
    this.wire = new Wire(endpoint.tls(), endpoint.limits().timeout());
    this.tokens = tokens(endpoint, wire, clock);
    this.pace = new Pace(endpoint.limits());
  }

  /** Whom it asks. */
  public FhirEndpoint endpoint() {
    return endpoint;
  }

  /**
   * A whole answer of any status, within the limit of a page.
   *
   * @param request to the endpoint's own origin
   * @throws QueryFailedException if none arrives
   */
  public HttpResponse<byte[]> exchange(HttpRequest request) throws QueryFailedException {
    int limit = endpoint.limits().maxPageBytes();
    return exchange(() -> request, info -> new PageBody(limit), Wire.NO_PROGRESS);
  }

  /**
   * An answer of any status with a body of any length.
   *
   * @param request to the endpoint's own origin; asked for anew for each attempt
   * @param body takes it; asked anew for each attempt
   * @param progress how many bytes have arrived; while they grow the body is waited for
   * @throws QueryFailedException if none arrives
   */
  public <T> HttpResponse<T> exchange(
      Supplier<HttpRequest> request, HttpResponse.BodyHandler<T> body, LongSupplier progress)
      throws QueryFailedException {
    Waits waits = new Waits(endpoint.limits());
    RetryConfig retries =
        RetryConfig.<Answer<T>>custom()
            .maxAttempts(endpoint.limits().attempts())
            .retryOnResult(waits::isWorthAnother)
            .intervalBiFunction(waits::<T>pause)
            .build();
    return Retry.of("request", retries)
        .executeSupplier(() -> ask(request.get(), body, progress))
        .response();
  }

  private <T> Answer<T> ask(
      HttpRequest request, HttpResponse.BodyHandler<T> body, LongSupplier progress) {
    if (!Origin.of(request.uri()).equals(Origin.of(endpoint.base()))) {
      return new Answer.Unanswered<>("the request leads to another origin; not sent", false);
    }
    try {
      String token = tokens.current();
      Answer<T> answer = send(request, token, body, progress);
      return isUnauthorized(answer) && tokens.discard(token)
          ? send(request, tokens.current(), body, progress)
          : answer;
    } catch (TokenRefusedException e) {
      return new Answer.Unanswered<>(String.valueOf(e.getMessage()), e.isPassing());
    }
  }

  private <T> Answer<T> send(
      HttpRequest request,
      @Nullable String token,
      HttpResponse.BodyHandler<T> body,
      LongSupplier progress) {
    HttpRequest authorised =
        token == null
            ? request
            : HttpRequest.newBuilder(request, (name, value) -> true)
                .setHeader("Authorization", "Bearer " + token)
                .build();
    return pace.inTurn(() -> wire.send(authorised, body, progress));
  }

  private static boolean isUnauthorized(Answer<?> answer) {
    return answer instanceof Answer.Answered<?> answered
        && answered.response().statusCode() == UNAUTHORIZED;
  }

  private static Tokens tokens(FhirEndpoint endpoint, Wire wire, Clock clock) {
    Authentication given = endpoint.authentication();
    if (given instanceof Authentication.BackendServices services) {
      return new SmartTokens(new TokenEndpoint(endpoint.base(), services, wire), clock);
    }
    return new Tokens.Fixed(given instanceof Authentication.BearerToken it ? it.token() : null);
  }
}
