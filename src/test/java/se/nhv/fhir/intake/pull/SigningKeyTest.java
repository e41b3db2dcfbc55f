package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.OctetSequenceKeyGenerator;
import java.net.URI;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {

  private static final URI AUDIENCE = URI.create("https://auth.example.org/token");
  private static final Instant NOW = Instant.parse("2026-02-03T04:05:06Z");

  private static JWSObject assertion(SigningKey key) throws ParseException {
    return JWSObject.parse(key.assertion("nhv", AUDIENCE, NOW));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anRsaKeySignsByRs384(boolean isPem) throws JOSEException, ParseException {
    SigningKey key =
        isPem
            ? SigningKey.read(ClientKeys.pem(ClientKeys.RSA.toPrivateKey()), "rsa-1")
            : SigningKey.read(ClientKeys.RSA.toJSONString(), null);
    JWSObject assertion = assertion(key);
    assertThat(assertion.verify(new RSASSAVerifier(ClientKeys.RSA))).isTrue();
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.RS384);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("rsa-1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKeyOnP384SignsByEs384(boolean isPem) throws JOSEException, ParseException {
    SigningKey key =
        isPem
            ? SigningKey.read(ClientKeys.pem(ClientKeys.EC.toPrivateKey()), "given")
            : SigningKey.read(ClientKeys.EC.toJSONString(), "given");
    JWSObject assertion = assertion(key);
    assertThat(assertion.verify(new ECDSAVerifier(ClientKeys.EC))).isTrue();
    assertThat(assertion.getHeader().getAlgorithm()).isEqualTo(JWSAlgorithm.ES384);
    assertThat(assertion.getHeader().getKeyID()).isEqualTo("given");
  }

  @Test
  void anAssertionNamesTheClientAndTheAudienceAndIsGoodForFewMinutesOnce() throws ParseException {
    SigningKey key = SigningKey.read(ClientKeys.EC.toJSONString(), null);
    Map<String, Object> claims = assertion(key).getPayload().toJSONObject();
    assertThat(claims)
        .containsEntry("iss", "nhv")
        .containsEntry("sub", "nhv")
        .containsEntry("aud", AUDIENCE.toString());
    assertThat((Long) claims.get("exp"))
        .isBetween(NOW.getEpochSecond() + 60, NOW.getEpochSecond() + 300);
    assertThat(assertion(key).getPayload().toJSONObject().get("jti"))
        .isNotEqualTo(claims.get("jti"));
    assertThat(key.toString()).isEqualTo("a private key for ES384");
  }

  @Test
  void whatCannotSignIsRefusedWithoutBeingQuoted() throws JOSEException {
    String secret = ClientKeys.RSA.getPrivateExponent().toString();
    assertRefused(ClientKeys.RSA.toPublicJWK().toJSONString(), "public key");
    assertRefused(new ECKeyGenerator(Curve.P_256).generate().toJSONString(), "P-384");
    assertRefused(new OctetSequenceKeyGenerator(256).generate().toJSONString(), "neither");
    assertRefused("{\"kty\":\"RSA\",\"d\":\"" + secret, "no RSA or EC key");
    assertRefused("-----BEGIN RSA PRIVATE KEY-----\n" + secret, "openssl pkcs8");
    assertRefused("-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + secret, "openssl pkcs8");
    assertRefused(
        "-----BEGIN PRIVATE KEY-----\n" + secret + "\n-----END PRIVATE KEY-----", "PKCS 8");
    assertRefused("", "no unencrypted");
  }

  private static void assertRefused(String key, String reason) {
    assertThatThrownBy(() -> SigningKey.read(key, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain(ClientKeys.RSA.getPrivateExponent().toString());
  }
}
