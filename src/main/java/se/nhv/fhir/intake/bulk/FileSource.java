package se.nhv.fhir.intake.bulk;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import se.nhv.fhir.intake.pull.Authentication;
import se.nhv.fhir.intake.pull.EndpointClient;
import se.nhv.fhir.intake.pull.FhirEndpoint;
import se.nhv.fhir.intake.pull.Origin;
import se.nhv.fhir.intake.pull.QueryFailedException;

/**
 * Where the files of an export are fetched: from the endpoint's own origin, with the token if the
 * manifest asks for it, and from those that the configuration names, without token and without
 * client certificate. For one thread.
 */
final class FileSource {

  private final FhirEndpoint endpoint;
  private final Set<Origin> allowed;
  private final BulkLimits limits;
  private final EndpointClient withToken;
  private final EndpointClient withoutToken;
  private final Map<Origin, EndpointClient> others = new HashMap<>();

  FileSource(FhirEndpoint endpoint, Set<Origin> allowed, BulkLimits limits) {
    this.endpoint = endpoint;
    this.allowed = allowed;
    this.limits = limits;
    this.withToken = new EndpointClient(endpoint);
    this.withoutToken =
        new EndpointClient(
            new FhirEndpoint(
                endpoint.base(), new Authentication.None(), endpoint.tls(), endpoint.limits()));
  }

  /**
   * Downloads a file, unless it lies there already.
   *
   * @param requiresToken as the manifest says
   * @return where it lies
   */
  Path fetch(ExportFile file, boolean requiresToken, WorkFolder folder)
      throws QueryFailedException, ExpiredException {
    Path target = folder.file(file);
    if (Files.exists(target)) {
      return target;
    }
    URI url = address(file.link());
    new FileDownload(client(url, requiresToken), url, target, limits.maxFileBytes())
        .run(file.count().isPresent());
    return target;
  }

  private URI address(String link) throws QueryFailedException {
    for (Origin other : allowed) {
      if (leadsTo(other, link)) {
        return URI.create(link);
      }
    }
    return Origin.follow(endpoint.base(), link);
  }

  private static boolean leadsTo(Origin origin, String link) {
    try {
      URI url = new URI(link);
      return url.getRawUserInfo() == null && url.getHost() != null && Origin.of(url).equals(origin);
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private EndpointClient client(URI url, boolean requiresToken) {
    Origin origin = Origin.of(url);
    if (origin.equals(Origin.of(endpoint.base()))) {
      return requiresToken ? withToken : withoutToken;
    }
    return others.computeIfAbsent(origin, this::stranger);
  }

  private EndpointClient stranger(Origin origin) {
    return new EndpointClient(
        new FhirEndpoint(
            URI.create(origin.toString()), new Authentication.None(), null, endpoint.limits()));
  }
}
