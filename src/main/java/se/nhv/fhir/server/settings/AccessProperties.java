package se.nhv.fhir.server.settings;

import java.util.List;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Who may pass the doors, under {@code nhv.access}. Without tokens only metadata and health answer.
 *
 * @param tokens one for each unit and for the authority; several for the same one while they are
 *     exchanged
 * @param publicReports whether the report door may be read without a token: for the demo, where the
 *     reports are synthetic
 */
public record AccessProperties(
    @DefaultValue List<Token> tokens, @DefaultValue("false") boolean publicReports) {

  /** Copies the list. */
  public AccessProperties {
    tokens = List.copyOf(tokens);
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
   * @param person the identifier of the person, such as the HSA-id of the employee, for the role
   *     {@code staff} only
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
