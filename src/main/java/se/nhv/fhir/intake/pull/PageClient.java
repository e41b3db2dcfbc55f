package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Asks one endpoint for pages. Safe for use by many threads at once. */
final class PageClient {

  private static final int OK = 200;

  /** The source may answer another question, although not this one. */
  private static final Set<Integer> REFUSALS = Set.of(400, 404, 405, 413, 414, 422, 501);

  private final EndpointClient client;
  private final AtomicReference<@Nullable Instant> firstAnswered = new AtomicReference<>();

  PageClient(FhirEndpoint endpoint) {
    client = new EndpointClient(endpoint);
  }

  /**
   * The bytes of a page.
   *
   * @param url of the endpoint's own origin
   * @throws QueryFailedException if it does not arrive whole, with status 200
   */
  byte[] get(URI url) throws QueryFailedException {
    HttpResponse<byte[]> response =
        client.exchange(
            HttpRequest.newBuilder(url).header("Accept", "application/fhir+json").GET().build());
    response.headers().firstValue("Date").ifPresent(this::note);
    try {
      Reply.requireStatus(response, OK);
    } catch (QueryFailedException e) {
      throw REFUSALS.contains(response.statusCode()) ? new QueryRefusedException(e.reason()) : e;
    }
    Reply.requireJson(response);
    return response.body();
  }

  /** When the first answer of all was given, by the source's own clock; null if it did not say. */
  @Nullable Instant firstAnswered() {
    return firstAnswered.get();
  }

  private void note(String date) {
    try {
      Instant at = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      firstAnswered.compareAndSet(null, at);
    } catch (DateTimeException e) {
      // Without a clock to go by the next pull is a full one.
    }
  }
}
