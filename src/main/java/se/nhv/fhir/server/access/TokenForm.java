package se.nhv.fhir.server.access;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a signed token must look like before any key is looked at (RFC 8725: no header that says
 * where a key is, no name twice).
 */
final class TokenForm {

  private static final int MOST_CHARACTERS = 6000;
  private static final Pattern COMPACT =
      Pattern.compile("[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}\\.[A-Za-z0-9_-]{4,}");
  private static final Set<String> HEADERS = Set.of("alg", "typ", "kid", "x5t", "x5t#S256");
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private TokenForm() {}

  /** Whether it could be such a token, and not one that this server has given out itself. */
  static boolean isCompact(String token) {
    return token.indexOf('.') > 0 && COMPACT.matcher(token).matches();
  }

  /** The issuer that the token names, which nobody has confirmed; empty if it is out of form. */
  static Optional<String> issuer(String token) {
    if (token.length() > MOST_CHARACTERS || !isCompact(token)) {
      return Optional.empty();
    }
    String[] parts = token.split("\\.", -1);
    try {
      JsonNode header = STRICT.readTree(Base64.getUrlDecoder().decode(parts[0]));
      JsonNode claims = STRICT.readTree(Base64.getUrlDecoder().decode(parts[1]));
      boolean plain = true;
      for (var names = header.fieldNames(); names.hasNext(); ) {
        plain &= HEADERS.contains(names.next());
      }
      return plain && header.path("kid").isTextual() && claims.path("iss").isTextual()
          ? Optional.of(claims.path("iss").asText())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
