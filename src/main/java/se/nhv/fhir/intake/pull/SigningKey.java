package se.nhv.fhir.intake.pull;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import java.net.URI;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A private key that signs client assertions (SMART App Launch 2.2,
 * client-confidential-asymmetric.html): RS384 with an RSA key of at least 2048 bits, ES384 with one
 * on the curve P-384. Its text form is not the key. Safe for use by many threads at once.
 */
public final class SigningKey {

  private static final Duration LIFE = Duration.ofMinutes(4); // the profile allows five

  private final JWSHeader header;
  private final JWSSigner signer;

  private SigningKey(JWSAlgorithm algorithm, @Nullable String keyId, JWSSigner signer) {
    this.signer = signer;
    header = new JWSHeader.Builder(algorithm).type(JOSEObjectType.JWT).keyID(keyId).build();
    if (!signer.supportedJWSAlgorithms().contains(algorithm)) {
      throw new IllegalArgumentException("an EC key must be on the curve P-384");
    }
  }

  /**
   * Reads a key.
   *
   * @param text a JWK, or a PKCS 8 key in PEM
   * @param keyId the kid under which its public half is registered, or null to take the JWK's
   * @throws IllegalArgumentException if it is no such key; the message quotes nothing of it
   */
  public static SigningKey read(String text, @Nullable String keyId) {
    try {
      return text.stripLeading().startsWith("{")
          ? of(JWK.parse(text), keyId)
          : of(Pem.privateKey(text), keyId);
    } catch (ParseException | JOSEException e) {
      throw new IllegalArgumentException("the private key is no RSA or EC key that can sign", e);
    }
  }

  /** A signed claim to be that client, good for one request to that audience. */
  String assertion(String clientId, URI audience, Instant now) {
    Map<String, Object> claims =
        Map.of(
            "iss", clientId,
            "sub", clientId,
            "aud", audience.toString(),
            "jti", UUID.randomUUID().toString(),
            "iat", now.getEpochSecond(),
            "exp", now.plus(LIFE).getEpochSecond());
    JWSObject assertion = new JWSObject(header, new Payload(claims));
    try {
      assertion.sign(signer);
    } catch (JOSEException e) {
      throw new IllegalStateException("the JDK cannot sign by " + header.getAlgorithm(), e);
    }
    return assertion.serialize();
  }

  @Override
  public String toString() {
    return "a private key for " + header.getAlgorithm();
  }

  private static SigningKey of(JWK key, @Nullable String keyId) throws JOSEException {
    String kid = keyId == null ? key.getKeyID() : keyId;
    if (!key.isPrivate()) {
      throw new IllegalArgumentException("the JWK is a public key; give the private one");
    }
    if (key instanceof RSAKey rsa) {
      return new SigningKey(JWSAlgorithm.RS384, kid, new RSASSASigner(rsa));
    }
    if (key instanceof ECKey ec) {
      return new SigningKey(JWSAlgorithm.ES384, kid, new ECDSASigner(ec));
    }
    throw new IllegalArgumentException("the JWK is neither an RSA nor an EC key");
  }

  private static SigningKey of(PrivateKey key, @Nullable String keyId) throws JOSEException {
    return key instanceof ECPrivateKey ec
        ? new SigningKey(JWSAlgorithm.ES384, keyId, new ECDSASigner(ec))
        : new SigningKey(JWSAlgorithm.RS384, keyId, new RSASSASigner(key));
  }
}
