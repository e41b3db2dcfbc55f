package se.nhv.fhir.server.settings;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import se.nhv.fhir.reporting.FreeText;

/**
 * Who may pass the doors, under {@code nhv.access}. Without tokens and issuers only metadata and
 * health answer.
 *
 * @param tokens one for each unit and for the authority; several for the same one while they are
 *     exchanged
 * @param publicReports whether the report door may be read without a token: for the demo, where the
 *     reports are synthetic
 * @param issuers the OAuth 2 servers whose tokens pass beside the static ones
 * @param requestsPerSecond what a caller, or an address without a token, may ask on average
 * @param burst what it may ask at once after it was quiet
 * @param failuresPerMinute how many requests without a good token are answered with 401 to one
 *     address, and thereafter with 429
 */
public record AccessProperties(
    @DefaultValue List<Token> tokens,
    @DefaultValue("false") boolean publicReports,
    @DefaultValue List<IssuerProperties> issuers,
    @DefaultValue("500") int requestsPerSecond,
    @DefaultValue("1000") int burst,
    @DefaultValue("60") int failuresPerMinute) {

  private static final Pattern HSA_ID = Pattern.compile("[A-Z0-9-]{1,31}");
  private static final Pattern PERSON = Pattern.compile("SE[0-9]{10}-[A-Z0-9-]{1,18}");
  private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");

  /** Copies the lists. */
  public AccessProperties {
    tokens = List.copyOf(tokens);
    issuers = List.copyOf(issuers);
  }

  /** Whether it is in the form of an HSA-id. */
  public static boolean isHsaId(String text) {
    return HSA_ID.matcher(text).matches();
  }

  /**
   * Whether it is in the form of a person's HSA-id: the one name that is the same at every issuer,
   * so that nobody signs as two, and is no personal identity number.
   */
  public static boolean isPerson(String text) {
    return PERSON.matcher(text).matches();
  }

  /** Whether it can be the name of a person at a unit. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.isBlank() && FreeText.isHarmless(text);
  }

  /**
   * One static bearer token, {@code nhv.access.tokens[n]}.
   *
   * @param sha256 the SHA-256 of the token as 64 hexadecimal digits: the form for files ({@code
   *     printf %s "$TOKEN" | sha256sum})
   * @param token the token itself, at least 16 characters; from the environment only ({@code
   *     NHV_ACCESS_TOKENS_0_TOKEN})
   * @param role {@code unit}, {@code staff}, {@code authority}, {@code developer} or {@code
   *     operator}
   * @param unit the HSA-id of the unit, for the roles {@code unit} and {@code staff} only
   * @param person the HSA-id of the person, for the role {@code staff} only
   * @param name the person's name, for the role {@code staff} only
   */
  public record Token(
      @Nullable String sha256,
      @Nullable String token,
      @DefaultValue("") String role,
      @Nullable String unit,
      @Nullable String person,
      @Nullable String name) {

    /** The SHA-256 of the token in lower-case hexadecimal digits; empty when there is none. */
    public String hash() {
      if (token != null) {
        return DigestUtils.sha256Hex(token);
      }
      return sha256 == null ? "" : sha256.toLowerCase(Locale.ROOT);
    }

    /** The role and unit, never the token or the person. */
    @Override
    public String toString() {
      return role + (unit == null ? "" : " " + unit);
    }
  }
}
