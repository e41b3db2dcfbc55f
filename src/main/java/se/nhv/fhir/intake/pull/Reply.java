package se.nhv.fhir.intake.pull;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What must hold of an answer before its body is read. */
public final class Reply {

  private static final Pattern CHARSET =
      Pattern.compile("charset\\s*=\\s*\"?([^\";\\s]+)", Pattern.CASE_INSENSITIVE);
  private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii");

  private Reply() {}

  /**
   * Refuses any other status than the wanted ones.
   *
   * @throws QueryFailedException naming the status and the way out
   */
  public static void requireStatus(HttpResponse<?> response, Integer... wanted)
      throws QueryFailedException {
    int status = response.statusCode();
    if (Set.of(wanted).contains(status)) {
      return;
    }
    String remedy =
        switch (status / 100) {
          case 2 -> ", which is no whole answer; ask the source's vendor";
          case 3 -> "; redirects are not followed, configure the address it leads to";
          case 4 -> "; check the address, the token and what it may read";
          default -> "; try again later";
        };
    throw new QueryFailedException("the source answered with HTTP status " + status + remedy);
  }

  /**
   * Refuses a body that is not plain FHIR JSON by its own headers: compressed, HTML, or in another
   * character set than UTF-8. No compression is asked for, and an inflated body has no end in
   * sight.
   *
   * @throws QueryFailedException naming what it is
   */
  public static void requireJson(HttpResponse<?> response) throws QueryFailedException {
    String encoding = response.headers().firstValue("Content-Encoding").orElse("identity");
    if (!encoding.strip().equalsIgnoreCase("identity")) {
      throw new QueryFailedException(
          "the source compressed its answer, which was not asked for; switch that off for this"
              + " client");
    }
    String type = response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
    if (type.startsWith("text/html") || type.startsWith("application/xhtml")) {
      throw new QueryFailedException(
          "the source answered with a web page, not FHIR; check the base URL, and whether a login"
              + " page stands before it");
    }
    Matcher charset = CHARSET.matcher(type);
    if (charset.find() && !UTF_8.contains(charset.group(1))) {
      throw new QueryFailedException(
          "the source declares another character set than UTF-8, the only one of FHIR; correct its"
              + " Content-Type");
    }
  }
}
