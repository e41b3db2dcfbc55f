package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How an endpoint is told who asks. No secret stands in the text form of any of them. */
public sealed interface Authentication {

  /** The endpoint asks for no token; a client certificate may stand in for one. */
  record None() implements Authentication {}

  /**
   * A token that does not change.
   *
   * @param token without Bearer; sent to the origin of the base and nowhere else
   */
  record BearerToken(String token) implements Authentication {

    /** Refuses what is no token with an IllegalArgumentException. */
    public BearerToken {
      if (!isToken(token)) {
        throw new IllegalArgumentException(
            "the token holds a space or a character outside ASCII; give it without Bearer");
      }
    }

    @Override
    public String toString() {
      return "a static bearer token";
    }
  }

  /**
   * SMART Backend Services (SMART App Launch 2.2, backend-services.html): short-lived tokens for an
   * assertion that is signed anew each time.
   *
   * @param clientId as the hospital registered it
   * @param key whose public half is registered there
   * @param tokenEndpoint where tokens are given out, or null to read it from the base's {@code
   *     .well-known/smart-configuration}
   * @param scope what is asked for
   */
  record BackendServices(String clientId, SigningKey key, @Nullable URI tokenEndpoint, String scope)
      implements Authentication {

    /** Everything, to read and search, in the words of SMART 2. */
    public static final String SCOPE = "system/*.rs";

    /** The same in the words of SMART 1, for servers that do not know those of 2. */
    public static final String SCOPE_V1 = "system/*.read";

    /** Refuses a token endpoint that could leak the assertion with an IllegalArgumentException. */
    public BackendServices {
      if (clientId.isBlank() || scope.isBlank()) {
        throw new IllegalArgumentException("SMART Backend Services want a client id and a scope");
      }
      if (tokenEndpoint != null && !isTokenEndpoint(tokenEndpoint)) {
        throw new IllegalArgumentException(
            "the token endpoint must be like https://host/token, without user or fragment; http is"
                + " taken from this machine only");
      }
    }

    @Override
    public String toString() {
      return "SMART Backend Services as " + clientId;
    }
  }

  /** Whether it can stand in an Authorization header. */
  static boolean isToken(String text) {
    return text.matches("[\\x21-\\x7E]+");
  }

  /** Whether an assertion may be sent there: over TLS, or without leaving this machine. */
  static boolean isTokenEndpoint(URI url) {
    if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
      return false;
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    return scheme.equals("https") || (scheme.equals("http") && isLoopback(url.getHost()));
  }

  private static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || host.equals("[::1]")
        || host.matches("127(\\.[0-9]{1,3}){3}");
  }
}
