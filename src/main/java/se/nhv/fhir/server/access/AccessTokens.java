package se.nhv.fhir.server.access;

import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import org.springframework.stereotype.Component;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Scopes;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.NhvProperties;

/** The static tokens and whom each stands for. Safe for use by many threads at once. */
@Component
public final class AccessTokens {

  private final List<Entry> entries;

  @SuppressWarnings("ArrayRecordComponent") // never handed out
  private record Entry(byte[] hash, Credential credential) {}

  AccessTokens(NhvProperties properties) {
    List<AccessProperties.Token> tokens = properties.access().tokens();
    entries =
        IntStream.range(0, tokens.size())
            .mapToObj(i -> entry(tokens.get(i), "nhv.access.tokens." + i))
            .toList();
  }

  private static Entry entry(AccessProperties.Token token, String name) {
    return new Entry(
        HexFormat.of().parseHex(token.hash()), new Credential(named(token), Scopes.ALL, name));
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
   * Whom the token stands for; empty when it is unknown. Every hash is compared, each in constant
   * time, so that the time taken says nothing.
   */
  Optional<Credential> credential(String token) {
    byte[] hash = DigestUtils.sha256(token);
    Optional<Credential> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash(), hash)) {
        found = Optional.of(entry.credential());
      }
    }
    return found;
  }
}
