package se.nhv.fhir.server.access;

import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.settings.NhvProperties;

/** Whom the token of a request stands for: a static one, or one of an issuer. */
@Component
public final class Credentials {

  private static final String SCHEME = "Bearer ";
  private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";

  private final AccessTokens tokens;
  private final List<IssuerKeys> keys;
  private final List<IssuerTokens> issuers;

  Credentials(AccessTokens tokens, NhvProperties properties) {
    this.tokens = tokens;
    this.keys = properties.access().issuers().stream().map(IssuerKeys::new).toList();
    this.issuers =
        properties.access().issuers().stream()
            .map(it -> new IssuerTokens(it, keys.get(properties.access().issuers().indexOf(it))))
            .toList();
  }

  /** The issuers, as the settings order them. */
  List<IssuerKeys> issuers() {
    return keys;
  }

  /**
   * Whom the header Authorization stands for; empty if it holds no good token.
   *
   * @throws KeysUnavailableException if that cannot be told now
   */
  Optional<Credential> of(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    String token = authorization.substring(SCHEME.length()).strip();
    Optional<Credential> found = tokens.credential(token);
    return found.isPresent() ? found : ofIssuer(token, certificate(request));
  }

  private Optional<Credential> ofIssuer(String token, @Nullable X509Certificate certificate) {
    if (issuers.isEmpty()) {
      return Optional.empty();
    }
    return TokenForm.issuer(token)
        .flatMap(named -> issuers.stream().filter(it -> it.issuer().equals(named)).findFirst())
        .flatMap(it -> it.credential(token, certificate));
  }

  private static @Nullable X509Certificate certificate(HttpServletRequest request) {
    return request.getAttribute(CERTIFICATES) instanceof X509Certificate[] chain && chain.length > 0
        ? chain[0]
        : null;
  }
}
