package se.nhv.fhir.intake.pull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Scheme, host and port (RFC 6454, without its default-port shorthand). Nothing is asked of another
 * origin than the configured one, whatever links say.
 */
public record Origin(String scheme, String host, int port) {

  /** The origin of an absolute http or https URL. */
  public static Origin of(URI url) {
    String scheme = lower(url.getScheme());
    int standard = scheme.equals("https") ? 443 : 80;
    return new Origin(scheme, lower(url.getHost()), url.getPort() < 0 ? standard : url.getPort());
  }

  /**
   * The address that a link leads to.
   *
   * @param base the configured base, against which a relative link is resolved
   * @throws QueryFailedException if it is no URL or leads elsewhere than to the base's origin
   */
  public static URI follow(URI base, String link) throws QueryFailedException {
    URI target;
    try {
      target = withSlash(base).resolve(new URI(escaped(link)));
    } catch (URISyntaxException e) {
      throw new QueryFailedException("the link is not a URL; ask the source's vendor");
    }
    Origin wanted = of(base);
    if (target.getRawUserInfo() != null || !of(target).equals(wanted)) {
      throw new QueryFailedException(
          "the link leads to another origin than "
              + wanted
              + " and was not followed; let the source write its own address, or configure that"
              + " one as the base");
    }
    return URI.create(target.toASCIIString());
  }

  /** The address of a search below the base. */
  public static URI below(URI base, String query) {
    return withSlash(base).resolve(query);
  }

  @Override
  public String toString() {
    return scheme + "://" + host + ":" + port;
  }

  private static URI withSlash(URI base) {
    String text = base.toString();
    return text.endsWith("/") ? base : URI.create(text + "/");
  }

  /** Many servers leave these as they are, and java.net.URI does not take them. */
  private static String escaped(String link) {
    int fragment = link.indexOf('#');
    return (fragment < 0 ? link : link.substring(0, fragment))
        .strip()
        .replace("|", "%7C")
        .replace(" ", "%20")
        .replace("\"", "%22")
        .replace("<", "%3C")
        .replace(">", "%3E");
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
