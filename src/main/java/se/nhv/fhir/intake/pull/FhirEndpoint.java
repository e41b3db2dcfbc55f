package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A hospital's FHIR R4 endpoint, from configuration.
 *
 * @param base the base URL, http or https, without user, query or fragment
 * @param token a static bearer token, sent to the origin of the base and nowhere else, or null
 * @param limits how far a pull goes
 */
public record FhirEndpoint(URI base, @Nullable String token, PullLimits limits) {

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
    if (token != null && !token.matches("[\\x21-\\x7E]+")) {
      throw new IllegalArgumentException(
          "the token holds a space or a character outside ASCII; give it without Bearer");
    }
  }

  /** Without the token. */
  @Override
  public String toString() {
    return base.toString();
  }
}
