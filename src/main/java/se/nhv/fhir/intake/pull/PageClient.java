package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Asks one endpoint for pages. Safe for use by many threads at once. */
final class PageClient {

  private static final int OK = 200;

  private final EndpointClient client;

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
    Reply.requireStatus(response, OK);
    Reply.requireJson(response);
    return response.body();
  }
}
