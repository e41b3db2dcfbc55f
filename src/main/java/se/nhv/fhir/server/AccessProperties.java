package se.nhv.fhir.server;

import jakarta.validation.Valid;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Locale;
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
    @NotNull @Valid @DefaultValue List<Token> tokens,
    @DefaultValue("false") boolean publicReports) {

  /** Copies the list. */
  public AccessProperties {
    tokens = List.copyOf(tokens);
  }

  /** No two tokens are the same: one token cannot stand for two. */
  @AssertTrue(message = "must not hold the same token twice: give each unit a token of its own")
  public boolean isEachTokenDifferent() {
    List<String> hashes = tokens.stream().filter(Token::isGivenOnce).map(Token::hash).toList();
    return hashes.stream().distinct().count() == hashes.size();
  }

  /**
   * One static bearer token, {@code nhv.access.tokens[n]}.
   *
   * @param sha256 the SHA-256 of the token as 64 hexadecimal digits: the form for files ({@code
   *     printf %s "$TOKEN" | sha256sum})
   * @param token the token itself, at least 16 characters; from the environment only ({@code
   *     NHV_ACCESS_TOKENS_0_TOKEN})
   * @param role {@code unit} or {@code authority}
   * @param unit the HSA-id of the unit, for the role {@code unit} only
   */
  public record Token(
      @Nullable @Pattern(regexp = "[0-9a-fA-F]{64}", message = "must be 64 hexadecimal digits")
          String sha256,
      @Nullable
          @Pattern(regexp = "[!-~]{16,}", message = "must be 16 or more visible ASCII characters")
          String token,
      @Pattern(regexp = "unit|authority", message = "must be unit or authority") @DefaultValue("")
          String role,
      @Nullable
          @Pattern(
              regexp = "[A-Z0-9-]{1,31}",
              message = "must be an HSA-id: 1 to 31 of A-Z, 0-9 and '-'")
          String unit) {

    /** Either the hash or the token itself is given. */
    @AssertTrue(message = "must hold either sha256 or token, not both and not neither")
    public boolean isGivenOnce() {
      return (sha256 == null) != (token == null);
    }

    /** The role unit names its unit, the authority none. */
    @AssertTrue(message = "must name a unit for the role unit, and none for the authority")
    public boolean isUnitForUnitsOnly() {
      return "unit".equals(role) == (unit != null);
    }

    /** The SHA-256 of the token in lower-case hexadecimal digits; empty when there is none. */
    String hash() {
      if (token != null) {
        return AccessTokens.sha256(token);
      }
      return sha256 == null ? "" : sha256.toLowerCase(Locale.ROOT);
    }

    /** The role and unit, never the token. */
    @Override
    public String toString() {
      return role + (unit == null ? "" : " " + unit);
    }
  }
}
