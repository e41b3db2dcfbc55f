package se.nhv.fhir.server.access;

import com.nimbusds.jwt.JWTClaimsSet;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Scopes;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.IssuerProperties;

/** What the claims of a confirmed token say of the caller; what is unclear passes for nothing. */
final class TokenClaims {

  private static final int MOST_CLIENT = 100;

  private final IssuerProperties settings;

  TokenClaims(IssuerProperties settings) {
    this.settings = settings;
  }

  /** Whom the claims stand for; empty if they name nobody, or live too long, or are another's. */
  Optional<Credential> credential(JWTClaimsSet claims, @Nullable X509Certificate certificate)
      throws ParseException {
    if (!isShortLived(claims) || !isBoundTo(claims, certificate)) {
      return Optional.empty();
    }
    Optional<Caller> caller = caller(claims);
    if (caller.isEmpty()) {
      return Optional.empty();
    }
    String context = caller.get() instanceof Caller.UnitStaff ? "user" : "system";
    return Optional.of(
        new Credential(caller.get(), Scopes.of(scope(claims), context), client(claims)));
  }

  private boolean isShortLived(JWTClaimsSet claims) {
    Instant issued = claims.getIssueTime().toInstant();
    Duration life = Duration.between(issued, claims.getExpirationTime().toInstant());
    Duration ahead = Duration.between(Instant.now(), issued);
    return life.compareTo(settings.longestLife()) <= 0
        && !life.isNegative()
        && ahead.compareTo(settings.clockSkew()) <= 0;
  }

  /** Whether a token that belongs to a certificate came with it (RFC 8705, 3.1). */
  private static boolean isBoundTo(JWTClaimsSet claims, @Nullable X509Certificate certificate)
      throws ParseException {
    if (claims.getClaim("cnf") == null) {
      return true;
    }
    Map<String, Object> confirmation = claims.getJSONObjectClaim("cnf");
    return certificate != null
        && confirmation != null
        && confirmation.size() == 1 // another proof than this cannot be checked here
        && thumbprint(certificate).equals(confirmation.get("x5t#S256"));
  }

  private static String thumbprint(X509Certificate certificate) {
    try {
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(DigestUtils.sha256(certificate.getEncoded()));
    } catch (CertificateEncodingException e) {
      return "none";
    }
  }

  private Optional<Caller> caller(JWTClaimsSet claims) throws ParseException {
    String role = claims.getStringClaim(settings.roleClaim());
    if (role == null || !settings.roles().contains(role)) {
      return Optional.empty();
    }
    return switch (role) {
      case "unit" -> unit(claims).map(Caller.HospitalUnit::new);
      case "staff" -> staff(claims);
      case "authority" -> Optional.of(new Caller.Authority());
      case "developer" -> Optional.of(new Caller.Developer());
      case "operator" -> Optional.of(new Caller.Operator());
      default -> Optional.empty();
    };
  }

  private Optional<Unit> unit(JWTClaimsSet claims) throws ParseException {
    String unit = claims.getStringClaim(settings.unitClaim());
    boolean known =
        unit != null
            && AccessProperties.isHsaId(unit)
            && (settings.units().isEmpty() || settings.units().contains(unit));
    return known ? Optional.of(new Unit(unit)) : Optional.empty();
  }

  private Optional<Caller> staff(JWTClaimsSet claims) throws ParseException {
    String person = claims.getStringClaim(settings.personClaim());
    String name = claims.getStringClaim(settings.nameClaim());
    return person != null
            && name != null
            && AccessProperties.isPerson(person)
            && AccessProperties.isName(name)
        ? unit(claims).map(it -> new Caller.UnitStaff(it, person, name))
        : Optional.empty();
  }

  /** OAuth 2 has one text (RFC 8693, 4.2); some issuers write a list. */
  private static String scope(JWTClaimsSet claims) throws ParseException {
    for (String name : List.of("scope", "scp")) {
      Object value = claims.getClaim(name);
      if (value instanceof String text) {
        return text;
      }
      if (value != null) {
        return String.join(" ", claims.getStringListClaim(name));
      }
    }
    return "";
  }

  private static String client(JWTClaimsSet claims) throws ParseException {
    String named = claims.getStringClaim("client_id");
    String party = named == null ? claims.getStringClaim("azp") : named;
    String client = party == null ? claims.getSubject() : party;
    return client.length() <= MOST_CLIENT && client.matches("[!-~]+") ? client : "";
  }
}
