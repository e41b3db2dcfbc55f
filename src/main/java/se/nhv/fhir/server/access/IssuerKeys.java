package se.nhv.fhir.server.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.server.settings.IssuerProperties;

/**
 * The keys of an issuer and the places that it names in its metadata (OpenID Connect Discovery 1.0,
 * or RFC 8414), asked for when first needed. Keys are kept for five minutes, and for four hours
 * while the issuer does not answer; a key that is not known is asked for at most twice in 30
 * seconds. Safe for use by many threads at once.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

  private static final int MOST_MS = 2000;
  private static final int MOST_BYTES = 256 * 1024;
  private static final long PAUSE_NS = Duration.ofSeconds(5).toNanos();
  private static final long OUTAGE_MS = Duration.ofHours(4).toMillis();
  private static final JWKSelector ANY = new JWKSelector(new JWKMatcher.Builder().build());
  private static final List<String> METADATA =
      List.of("/.well-known/openid-configuration", "/.well-known/oauth-authorization-server");

  private final IssuerProperties settings;
  private final DefaultResourceRetriever retriever = new Direct();
  private @Nullable JsonNode metadata;
  private @Nullable Long failed;
  private @Nullable JWKSource<SecurityContext> keys;

  /** Asks no other place than the one it is given. */
  private static final class Direct extends DefaultResourceRetriever {
    Direct() {
      super(MOST_MS, MOST_MS, MOST_BYTES);
    }

    @Override
    protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
      HttpURLConnection connection = super.openHTTPConnection(url);
      connection.setInstanceFollowRedirects(false);
      return connection;
    }
  }

  IssuerKeys(IssuerProperties settings) {
    this.settings = settings;
  }

  /** As its tokens name it. */
  String issuer() {
    return Objects.requireNonNull(settings.issuer()).toString();
  }

  @Override
  public List<JWK> get(JWKSelector selector, @Nullable SecurityContext context)
      throws KeySourceException {
    JWKSource<SecurityContext> source = source();
    try {
      return source.get(selector, context);
    } catch (RateLimitReachedException e) {
      // With keys at hand it is this one that is not known; without, none could be had.
      source.get(ANY, context);
      return List.of();
    }
  }

  private synchronized JWKSource<SecurityContext> source() throws KeySourceException {
    JWKSource<SecurityContext> known = keys;
    if (known == null) {
      known =
          JWKSourceBuilder.create(url(jwksUri()), retriever)
              .retrying(true)
              .outageTolerant(OUTAGE_MS)
              .build();
      keys = known;
    }
    return known;
  }

  /** Where its keys are. */
  URI jwksUri() throws KeySourceException {
    URI set = settings.jwksUri();
    return set == null ? named("jwks_uri") : set;
  }

  /** Where it gives out tokens. */
  URI tokenEndpoint() throws KeySourceException {
    URI set = settings.tokenEndpoint();
    return set == null ? named("token_endpoint") : set;
  }

  private URI named(String element) throws KeySourceException {
    try {
      URI found = URI.create(metadata().path(element).asText());
      if (AccessChecks.isSafe(found)) {
        return found;
      }
    } catch (IllegalArgumentException e) {
      throw new KeySourceException("the issuer's metadata has an unusable " + element, e);
    }
    throw new KeySourceException("the issuer's metadata has no usable " + element);
  }

  private synchronized JsonNode metadata() throws KeySourceException {
    JsonNode known = metadata;
    boolean again = failed == null || System.nanoTime() - failed > PAUSE_NS;
    for (int i = 0; known == null && again && i < METADATA.size(); i++) {
      known = metadata(METADATA.get(i));
    }
    if (known == null) {
      failed = again ? (Long) System.nanoTime() : failed;
      throw new KeySourceException("the issuer's metadata cannot be read");
    }
    metadata = known;
    return known;
  }

  /** What stands there, if it is of this issuer and no other. */
  private @Nullable JsonNode metadata(String path) throws KeySourceException {
    URI issuer = Objects.requireNonNull(settings.issuer());
    boolean inserted = path.endsWith("server"); // RFC 8414, 3: before the issuer's own path
    String origin = issuer.getScheme() + "://" + issuer.getRawAuthority();
    String own = issuer.getRawPath().replaceFirst("/$", "");
    URI place = URI.create(origin + (inserted ? path + own : own + path));
    try {
      JsonNode found =
          new ObjectMapper().readTree(retriever.retrieveResource(url(place)).getContent());
      return found != null && issuer().equals(found.path("issuer").asText()) ? found : null;
    } catch (IOException e) {
      return null;
    }
  }

  private static URL url(URI address) throws KeySourceException {
    try {
      return address.toURL();
    } catch (MalformedURLException e) {
      throw new KeySourceException("no URL", e);
    }
  }
}
