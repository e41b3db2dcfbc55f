package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's FHIR R4 endpoint, from configuration.
 *
 * @param base the base URL, http or https, without user, query or fragment
 * @param authentication how it is told who asks; goes to the origin of the base and nowhere else
 * @param tls what is shown and trusted in TLS, or null for no certificate and the JDK's authorities
 * @param limits how far and how fast a pull goes
 */
public record FhirEndpoint(
    URI base, Authentication authentication, @Nullable ClientTls tls, PullLimits limits) {

  /** Refuses a base that is not such a URL with an IllegalArgumentException. */
  public FhirEndpoint {
    String scheme = base.getScheme() == null ? "" : base.getScheme().toLowerCase(Locale.ROOT);
    boolean isHttp = scheme.equals("http") || scheme.equals("https");
    if (!isHttp || base.getHost() == null) {
      throw new IllegalArgumentException(
          "the base URL of a FHIR endpoint must be like https://host/fhir");
    }
    if (base.getRawUserInfo() != null
        || base.getRawQuery() != null
        || base.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "the base URL of a FHIR endpoint must hold no user, query or fragment; give a token by"
              + " its own setting");
    }
  }

  /**
   * An endpoint without a client certificate.
   *
   * @param token a static bearer token, or null for none
   */
  public FhirEndpoint(URI base, @Nullable String token, PullLimits limits) {
    this(
        base,
        token == null ? new Authentication.None() : new Authentication.BearerToken(token),
        null,
        limits);
  }

  /** Without any secret. */
  @Override
  public String toString() {
    return base.toString();
  }
}
