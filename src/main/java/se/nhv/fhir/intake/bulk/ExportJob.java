package se.nhv.fhir.intake.bulk;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.pull.EndpointClient;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.intake.pull.QueryFailedException;
import se.nhv.fhir.intake.pull.Reply;
import se.nhv.fhir.intake.pull.RetryAfter;

/**
 * The asynchronous side of an export: asked for, waited for, taken back (FHIR Asynchronous Request
 * Pattern). For one thread.
 */
final class ExportJob {

  private static final Logger LOG = LoggerFactory.getLogger(ExportJob.class);
  private static final int OK = 200;
  private static final int ACCEPTED = 202;
  private static final Set<Integer> BUSY = Set.of(408, 425, 429, 502, 503, 504);
  private static final Set<Integer> UNAUTHORIZED = Set.of(401, 403);
  private static final Set<Integer> GONE = Set.of(404, 410);
  private static final int LONGEST_STEP = 100;

  private final EndpointClient client;
  private final BulkLimits limits;
  private final BulkProgress progress;
  private final ExportState state;

  ExportJob(EndpointClient client, BulkLimits limits, BulkProgress progress, ExportState state) {
    this.client = client;
    this.state = state;
    this.limits = limits;
    this.progress = progress;
  }

  /** Asks for an export and answers with the address that tells how it goes. */
  URI kickOff(URI request) throws QueryFailedException {
    HttpResponse<byte[]> response =
        client.exchange(
            HttpRequest.newBuilder(request)
                .header("Accept", "application/fhir+json")
                .header("Prefer", "respond-async")
                .GET()
                .build());
    if (response.statusCode() == OK) {
      throw new QueryFailedException(
          "the source answered at once with HTTP status 200 instead of 202: it does not know"
              + " $export; pull by searches");
    }
    require(response, ACCEPTED);
    Optional<String> status = response.headers().firstValue("Content-Location");
    if (status.isEmpty()) {
      throw new QueryFailedException(
          "the source took the export on and named no Content-Location; ask its vendor");
    }
    URI address = Origin.follow(client.endpoint().base(), status.get());
    state.begun(new ExportState.Job(request.toString(), address));
    return address;
  }

  /**
   * Waits until the export is ready. One that has failed for good is forgotten; of others the next
   * run asks again.
   *
   * @throws ExpiredException if the endpoint does not know it any more
   * @throws QueryFailedException if it failed, or was not ready in time
   */
  Manifest manifest(URI status) throws QueryFailedException, ExpiredException {
    Instant latest = Instant.now().plus(limits.longestExport());
    Duration own = limits.firstPoll();
    while (true) {
      HttpResponse<byte[]> response = client.exchange(get(status));
      int code = response.statusCode();
      if (code != ACCEPTED && !BUSY.contains(code)) {
        return ended(status, response);
      }
      response.headers().firstValue("X-Progress").ifPresent(it -> progress.reached(step(it)));
      Duration pause =
          within(response.headers().firstValue("Retry-After").map(RetryAfter::parse).orElse(own));
      if (Instant.now().plus(pause).isAfter(latest)) {
        throw new QueryFailedException(
            "the export was not ready within "
                + limits.longestExport()
                + "; pull again to wait on");
      }
      sleep(pause);
      own = within(own.multipliedBy(2));
    }
  }

  private Manifest ended(URI status, HttpResponse<byte[]> response)
      throws QueryFailedException, ExpiredException {
    if (GONE.contains(response.statusCode())) {
      state.ended();
      throw new ExpiredException(
          "the source no longer knows the export (HTTP status " + response.statusCode() + ")");
    }
    try {
      require(response, OK);
      Reply.requireJson(response);
      return Manifest.read(response.body());
    } catch (QueryFailedException e) {
      if (!UNAUTHORIZED.contains(response.statusCode())) {
        delete(status);
      }
      throw e;
    }
  }

  /**
   * Forgets the export and tells the endpoint that it is wanted no more; what that answers changes
   * nothing.
   */
  void delete(URI status) {
    state.ended();
    try {
      HttpResponse<byte[]> response =
          client.exchange(HttpRequest.newBuilder(status).DELETE().build());
      LOG.info("The source was told to drop the export: HTTP status {}", response.statusCode());
    } catch (QueryFailedException e) {
      LOG.info("The source could not be told to drop the export: {}", e.reason());
    }
  }

  private static HttpRequest get(URI status) {
    return HttpRequest.newBuilder(status).header("Accept", "application/json").GET().build();
  }

  private static void require(HttpResponse<byte[]> response, int wanted)
      throws QueryFailedException {
    try {
      Reply.requireStatus(response, wanted);
    } catch (QueryFailedException e) {
      throw new QueryFailedException(e.reason() + Issues.of(response.body()));
    }
  }

  private Duration within(Duration pause) {
    if (pause.compareTo(limits.firstPoll()) < 0) {
      return limits.firstPoll();
    }
    return pause.compareTo(limits.longestPoll()) > 0 ? limits.longestPoll() : pause;
  }

  private static void sleep(Duration pause) throws QueryFailedException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new QueryFailedException("the pull was interrupted; start it again to go on");
    }
  }

  /** What the source says of its work, short and without what a terminal would act on. */
  private static String step(String progress) {
    String plain = progress.replaceAll("[^\\x20-\\x7E]", "");
    return plain.substring(0, Math.min(plain.length(), LONGEST_STEP));
  }
}
