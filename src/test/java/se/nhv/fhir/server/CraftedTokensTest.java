package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import se.nhv.fhir.server.Doors.Answer;

/** Tokens that are nearly good; each is refused, and the good one beside them passes. */
class CraftedTokensTest {

  private static TokenServer issuer;
  private static Doors doors;

  @BeforeAll
  static void start() {
    issuer = TokenServer.start();
    doors = Doors.start(issuer.settings());
  }

  @AfterAll
  static void stop() {
    doors.close();
    issuer.close();
  }

  @TestFactory
  Stream<DynamicTest> everyCraftedTokenIsRefused() throws JOSEException {
    Map<String, String> crafted = new LinkedHashMap<>();
    headers(crafted);
    signatures(crafted);
    times(crafted);
    claims(crafted);
    forms(crafted);
    assertThat(crafted).hasSizeGreaterThanOrEqualTo(40);
    System.out.println("crafted tokens: " + crafted.size());
    Stream<DynamicTest> refused =
        crafted.entrySet().stream()
            .map(it -> DynamicTest.dynamicTest(it.getKey(), () -> refused(it.getValue())));
    return Stream.concat(Stream.of(DynamicTest.dynamicTest("the good one", this::passes)), refused);
  }

  private void passes() {
    assertThat(doors.get(good(), "/intake/Patient").status()).isEqualTo(200);
    String rsa = TokenServer.signed(issuer.claims().build(), issuer.rsa);
    assertThat(doors.get(rsa, "/intake/Patient").status()).isEqualTo(200);
  }

  private static void refused(String token) {
    for (String path : List.of("/intake/Patient", "/fhir/Measure", "/intake/metadata")) {
      Answer answer = doors.get(token, path);
      assertThat(answer.status()).as(path).isEqualTo(401);
      assertThat(answer.header("WWW-Authenticate")).contains("invalid_token");
    }
  }

  private static String good() {
    return TokenServer.signed(issuer.claims().build(), issuer.ec);
  }

  private static String good(UnaryOperator<JWTClaimsSet.Builder> change) {
    return TokenServer.signed(change.apply(issuer.claims()).build(), issuer.ec);
  }

  private static String with(JWSHeader.Builder header) {
    return TokenServer.signed(header.build(), issuer.claims().build(), issuer.ec);
  }

  private static JWSHeader.Builder header() {
    return TokenServer.header(issuer.ec);
  }

  private static String text(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void headers(Map<String, String> crafted) throws JOSEException {
    String claims = text(issuer.claims().build().toString());
    crafted.put("algorithm none", text("{\"alg\":\"none\",\"kid\":\"ec-1\"}") + "." + claims + ".");
    crafted.put(
        "algorithm none in capitals, with a signature",
        text("{\"alg\":\"NONE\",\"kid\":\"ec-1\",\"typ\":\"JWT\"}") + "." + claims + ".AAAA");
    SignedJWT symmetric =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256)
                .keyID("rsa-1")
                .type(JOSEObjectType.JWT)
                .build(),
            issuer.claims().build());
    symmetric.sign(new MACSigner(issuer.rsa.toRSAPublicKey().getEncoded()));
    crafted.put("HS256 with the public key as secret", symmetric.serialize());
    crafted.put("a key id that the issuer has not", with(header().keyID("ec-2")));
    crafted.put("no key id", with(header().keyID(null)));
    crafted.put("the key id of another key", with(header().keyID("rsa-1")));
    crafted.put("a key id with a path", with(header().keyID("../../etc/passwd")));
    crafted.put(
        "jku to another place", with(header().jwkURL(URI.create("https://evil.example/k"))));
    crafted.put(
        "x5u to another place", with(header().x509CertURL(URI.create("https://evil.example/c"))));
    crafted.put(
        "x5c of its own",
        with(header().x509CertChain(List.of(new com.nimbusds.jose.util.Base64("AAAA")))));
    crafted.put("an unknown critical header", with(header().criticalParams(Set.of("other"))));
    crafted.put(
        "an unencoded payload",
        text(
                "{\"alg\":\"ES384\",\"typ\":\"JWT\",\"kid\":\"ec-1\",\"b64\":false,"
                    + "\"crit\":[\"b64\"]}")
            + good().substring(good().indexOf('.')));
    crafted.put("no type", with(header().type(null)));
    crafted.put("an ID token's type", with(header().type(new JOSEObjectType("id+jwt"))));
    crafted.put("a logout token's type", with(header().type(new JOSEObjectType("logout+jwt"))));
  }

  private static void signatures(Map<String, String> crafted) throws JOSEException {
    ECKey other = new ECKeyGenerator(Curve.P_384).keyID("ec-1").generate();
    crafted.put("another key of the same id", TokenServer.signed(issuer.claims().build(), other));
    crafted.put(
        "another key, shown in the header",
        TokenServer.signed(
            header().jwk(other.toPublicJWK()).build(), issuer.claims().build(), other));
    String[] good = good().split("\\.", -1);
    crafted.put("r and s zero", good[0] + "." + good[1] + "." + Base64URL.encode(new byte[96]));
    crafted.put("no signature", good[0] + "." + good[1] + ".");
    crafted.put("two parts", good[0] + "." + good[1]);
    crafted.put("a signature cut short", good[0] + "." + good[1] + "." + good[2].substring(4));
    String[] another = good(it -> it.claim("unit", Doors.UNIT_B)).split("\\.", -1);
    crafted.put("another token's signature", good[0] + "." + good[1] + "." + another[2]);
    crafted.put("another token's claims", good[0] + "." + another[1] + "." + good[2]);
    crafted.put("five parts, as if encrypted", String.join(".", good) + ".AAAA.AAAA");
    String rsa = TokenServer.signed(issuer.claims().build(), issuer.rsa);
    crafted.put("an RSA signature under an EC header", good[0] + rsa.substring(rsa.indexOf('.')));
  }

  private static void times(Map<String, String> crafted) {
    Instant now = Instant.now();
    crafted.put(
        "expired",
        good(
            it ->
                it.issueTime(Date.from(now.minusSeconds(600)))
                    .expirationTime(Date.from(now.minusSeconds(120)))));
    crafted.put(
        "not before tomorrow", good(it -> it.notBeforeTime(Date.from(now.plusSeconds(999)))));
    crafted.put("no expiry", good(it -> it.expirationTime(null)));
    crafted.put(
        "good for a year", good(it -> it.expirationTime(Date.from(now.plusSeconds(31_536_000)))));
    crafted.put("no time of issue", good(it -> it.issueTime(null)));
    crafted.put(
        "issued in the future",
        good(
            it ->
                it.issueTime(Date.from(now.plusSeconds(600)))
                    .expirationTime(Date.from(now.plusSeconds(900)))));
    crafted.put("an expiry in words", good(it -> it.claim("exp", "never")));
  }

  private static void claims(Map<String, String> crafted) {
    crafted.put("another issuer", good(it -> it.issuer("https://evil.example")));
    crafted.put("the issuer with a slash more", good(it -> it.issuer(issuer.issuer() + "/")));
    crafted.put("no issuer", good(it -> it.issuer(null)));
    crafted.put("for another audience", good(it -> it.audience("https://other.example")));
    crafted.put("for no audience", good(it -> it.audience((String) null)));
    crafted.put("no subject", good(it -> it.subject(null)));
    crafted.put("a unit that is no HSA-id", good(it -> it.claim("unit", "a/../b")));
    crafted.put("a unit for which the issuer does not speak", good(it -> it.claim("unit", "SE9")));
    crafted.put("a list of units", good(it -> it.claim("unit", List.of(Doors.UNIT_A))));
    crafted.put("no unit", good(it -> it.claim("unit", null)));
    crafted.put("an unknown role", good(it -> it.claim("role", "admin")));
    crafted.put("a list of roles", good(it -> it.claim("role", List.of("unit"))));
    crafted.put("no role", good(it -> it.claim("role", null)));
    crafted.put("staff without a name", good(it -> it.claim("role", "staff")));
    crafted.put("scopes as a number", good(it -> it.claim("scope", 7)));
    crafted.put(
        "bound to a certificate that did not come",
        good(it -> it.claim("cnf", Map.of("x5t#S256", "A".repeat(43)))));
    crafted.put("bound to a proof unknown here", good(it -> it.claim("cnf", Map.of("jkt", "x"))));
  }

  private static void forms(Map<String, String> crafted) {
    String[] good = good().split("\\.", -1);
    String claims = issuer.claims().build().toString();
    String twice = claims.substring(0, claims.length() - 1) + ",\"unit\":\"SE2321000016-B001\"}";
    crafted.put("a claim twice", good[0] + "." + text(twice) + "." + good[2]);
    crafted.put(
        "a header twice",
        text("{\"alg\":\"ES384\",\"alg\":\"none\",\"kid\":\"ec-1\"}")
            + "."
            + good[1]
            + "."
            + good[2]);
    crafted.put("claims that are no JSON", good[0] + "." + text("unit=A") + "." + good[2]);
    crafted.put("claims that are a list", good[0] + "." + text("[1,2]") + "." + good[2]);
    crafted.put("a huge one", good(it -> it.claim("groups", "g".repeat(4900))));
    crafted.put("with a letter that base64url has not", good[0] + "." + good[1] + "!." + good[2]);
  }
}
