package se.nhv.fhir.intake.pull;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One question over HTTP, one answer. Redirects are off: HAPI's own client follows them, and sends
 * the token along. Safe for use by many threads at once.
 */
final class Wire {

  /** For a body that must arrive whole within the timeout. */
  static final LongSupplier NO_PROGRESS = () -> 0;

  /** The fewest bytes within the timeout that keep a longer body waited for. */
  private static final long LEAST_PROGRESS = 64 << 10;

  private final HttpClient client;
  private final Duration timeout;

  Wire(@Nullable ClientTls tls, Duration timeout) {
    this.timeout = timeout;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(timeout);
    client = (tls == null ? builder : builder.sslContext(tls.context())).build();
  }

  /**
   * Sends it and waits.
   *
   * @param progress how many bytes of a long body have arrived; while they grow it is waited for
   */
  <T> Answer<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body, LongSupplier progress) {
    CompletableFuture<HttpResponse<T>> answer = client.sendAsync(request, body);
    try {
      return new Answer.Answered<>(await(answer, progress));
    } catch (ExecutionException e) {
      return unanswered(e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      return new Answer.Unanswered<>(
          "no whole answer within " + timeout.toMillis() + " ms; try again later", true);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer.Unanswered<>("the pull was interrupted; start it again", false);
    } finally {
      answer.cancel(true); // a body that still drips would hold its connection
    }
  }

  private <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> answer, LongSupplier progress)
      throws InterruptedException, ExecutionException, TimeoutException {
    long seen = progress.getAsLong();
    while (true) {
      try {
        return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long now = progress.getAsLong();
        if (now - seen < LEAST_PROGRESS) {
          throw e;
        }
        seen = now;
      }
    }
  }

  private static <T> Answer<T> unanswered(Throwable cause) {
    if (cause instanceof AnswerTooLargeException tooLarge) {
      return new Answer.Unanswered<>(String.valueOf(tooLarge.getMessage()), false);
    }
    if (cause instanceof SSLException) {
      return new Answer.Unanswered<>(
          "TLS failed ("
              + cause.getClass().getSimpleName()
              + "); check the certificates of both sides",
          true);
    }
    return new Answer.Unanswered<>(
        "the connection failed (" + cause.getClass().getSimpleName() + "); try again later", true);
  }
}
