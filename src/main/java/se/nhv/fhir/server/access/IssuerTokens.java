package se.nhv.fhir.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.settings.IssuerProperties;

/**
 * The access tokens of one issuer: JSON Web Tokens (RFC 9068) signed with RSA or ECDSA, for this
 * server, in their time. Safe for use by many threads at once.
 */
final class IssuerTokens {

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384);

  private final IssuerKeys keys;
  private final TokenClaims claims;
  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

  IssuerTokens(IssuerProperties settings, IssuerKeys keys) {
    this.keys = keys;
    this.claims = new TokenClaims(settings);
    processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys));
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(new JOSEObjectType("at+jwt"), JOSEObjectType.JWT));
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            settings.audience(),
            new JWTClaimsSet.Builder().issuer(keys.issuer()).build(),
            Set.of("exp", "iat", "sub"));
    verifier.setMaxClockSkew((int) settings.clockSkew().toSeconds());
    processor.setJWTClaimsSetVerifier(verifier);
  }

  /** As its tokens name it. */
  String issuer() {
    return keys.issuer();
  }

  /**
   * Whom a token stands for; empty if it is not good.
   *
   * @param certificate of the connection, or null if there is none
   * @throws KeysUnavailableException if the issuer's keys cannot be had
   */
  Optional<Credential> credential(String token, @Nullable X509Certificate certificate) {
    try {
      return claims.credential(processor.process(SignedJWT.parse(token), null), certificate);
    } catch (KeySourceException e) {
      throw new KeysUnavailableException(e);
    } catch (ParseException | BadJOSEException | JOSEException e) {
      return Optional.empty();
    }
  }
}
