package se.nhv.fhir.intake.pull;

import io.github.resilience4j.core.functions.Either;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one endpoint for pages. Redirects are off: HAPI's own client follows them, and sends the
 * token along. Safe for use by many threads at once.
 */
final class PageClient {

  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final int MOST_DOUBLINGS = 10;

  private final FhirEndpoint endpoint;
  private final HttpClient client;
  private final RetryConfig retries;

  PageClient(FhirEndpoint endpoint) {
    this.endpoint = endpoint;
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(endpoint.limits().timeout())
            .build();
    retries =
        RetryConfig.<PageAnswer>custom()
            .maxAttempts(endpoint.limits().attempts())
            .retryOnResult(PageAnswer::isPassing)
            .intervalBiFunction(this::pause)
            .build();
  }

  /**
   * The bytes of a page.
   *
   * @param url of the endpoint's own origin, which the caller has seen to
   * @throws QueryFailedException if it does not arrive whole, with status 200
   */
  byte[] get(URI url) throws QueryFailedException {
    return Retry.of("page", retries).executeSupplier(() -> ask(url)).body();
  }

  private PageAnswer ask(URI url) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("Accept", "application/fhir+json").GET();
    if (endpoint.token() != null) {
      request.header("Authorization", "Bearer " + endpoint.token());
    }
    int limit = endpoint.limits().maxPageBytes();
    Duration timeout = endpoint.limits().timeout();
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request.build(), info -> new PageBody(limit));
    try {
      return new PageAnswer.Answered(answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      return unanswered(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return new PageAnswer.Unanswered(
          "no whole answer within " + timeout.toMillis() + " ms; try again later", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new PageAnswer.Unanswered("the pull was interrupted; start it again", false);
    } finally {
      answer.cancel(true); // a body that still drips would hold its connection
    }
  }

  private PageAnswer unanswered(Throwable cause) {
    if (cause instanceof PageBody.TooLargeException) {
      int limit = endpoint.limits().maxPageBytes();
      return new PageAnswer.Unanswered(
          "the page is larger than " + limit + " bytes; ask for fewer resources a page", false);
    }
    return new PageAnswer.Unanswered(
        "the connection failed (" + cause.getClass().getSimpleName() + "); try again later", true);
  }

  private long pause(int attempt, Either<Throwable, PageAnswer> last) {
    Duration own = FIRST_WAIT.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS));
    Duration asked = last.isRight() ? last.get().retryAfter().orElse(own) : own;
    Duration longest = endpoint.limits().longestWait();
    return (asked.compareTo(longest) > 0 ? longest : asked).toMillis();
  }
}
