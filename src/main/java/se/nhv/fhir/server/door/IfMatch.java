package se.nhv.fhir.server.door;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The version that a sender expects (FHIR R4, http.html#concurrency). */
public final class IfMatch {

  private static final Pattern ETAG = Pattern.compile("\\s*W/\"([1-9][0-9]{0,17})\"\\s*");

  private IfMatch() {}

  /**
   * The version of an If-Match; null when there is none.
   *
   * @throws IllegalArgumentException if it is not a weak ETag of a version
   */
  public static @Nullable Long version(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.isEmpty()) {
      return null;
    }
    Matcher etag = ETAG.matcher(ifMatch);
    if (!etag.matches()) {
      throw new IllegalArgumentException(
          "If-Match takes the ETag of a version as this server wrote it, for example W/\"3\"");
    }
    return Long.valueOf(etag.group(1));
  }

  /** The ETag of a version. */
  public static String etag(long version) {
    return "W/\"" + version + "\"";
  }
}
