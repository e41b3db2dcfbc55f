package se.nhv.fhir.server.push;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The identifier by which a conditional create looks for an earlier push (FHIR R4,
 * http.html#ccreate).
 *
 * @param system the system, empty for an identifier without one
 * @param value the value
 */
record IfNoneExist(String system, String value) {

  /** What to tell a sender whose POST has none. */
  static final String REMEDY =
      "PUT the resource under the source's own id, or POST it with If-None-Exist:"
          + " identifier=system|value, or the same push twice would be stored twice";

  private static final String PARAMETER = "identifier=";

  /**
   * Reads the header or the element ifNoneExist; null when it is not one identifier in full.
   *
   * @param query a query string, percent-encoded or not, with or without a leading question mark
   */
  static @Nullable IfNoneExist of(@Nullable String query) {
    if (query == null) {
      return null;
    }
    String text = query.startsWith("?") ? query.substring(1) : query;
    if (!text.startsWith(PARAMETER) || text.contains("&")) {
      return null;
    }
    try {
      String token =
          URLDecoder.decode(
              text.substring(PARAMETER.length()).replace("+", "%2B"), StandardCharsets.UTF_8);
      int bar = token.indexOf('|');
      return bar < 0 || bar == token.length() - 1
          ? null
          : new IfNoneExist(token.substring(0, bar), token.substring(bar + 1));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
