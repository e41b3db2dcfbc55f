package se.nhv.fhir.server.access;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.NhvProperties;

/** The static tokens and whom each stands for. Safe for use by many threads at once. */
@Component
public final class AccessTokens {

  private static final String SCHEME = "Bearer ";

  private final List<Entry> entries;

  @SuppressWarnings("ArrayRecordComponent") // never handed out
  private record Entry(byte[] hash, Caller caller) {}

  AccessTokens(NhvProperties properties) {
    entries =
        properties.access().tokens().stream()
            .map(token -> new Entry(HexFormat.of().parseHex(token.hash()), named(token)))
            .toList();
  }

  private static Caller named(AccessProperties.Token token) {
    return switch (token.role()) {
      case "unit" -> new Caller.HospitalUnit(unit(token));
      case "staff" ->
          new Caller.UnitStaff(
              unit(token),
              Objects.requireNonNull(token.person()),
              Objects.requireNonNull(token.name()));
      case "authority" -> new Caller.Authority();
      case "developer" -> new Caller.Developer();
      case "operator" -> new Caller.Operator();
      default -> throw new IllegalArgumentException("no role: " + token.role());
    };
  }

  private static Unit unit(AccessProperties.Token token) {
    return new Unit(Objects.requireNonNull(token.unit()));
  }

  /**
   * Whom the Authorization header stands for; empty when it is absent, of another scheme or
   * unknown. Every hash is compared, each in constant time, so that the time taken says nothing.
   */
  Optional<Caller> caller(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Optional.empty();
    }
    byte[] hash = digest(authorization.substring(SCHEME.length()).strip());
    Optional<Caller> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        found = Optional.of(entry.caller());
      }
    }
    return found;
  }

  private static byte[] digest(String text) {
    return DigestUtils.sha256(text);
  }
}
