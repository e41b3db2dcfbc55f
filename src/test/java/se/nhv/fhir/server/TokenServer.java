package se.nhv.fhir.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An OAuth 2 server of a hospital: metadata, keys, and tokens for one client that signs its
 * assertions (RFC 7523, client credentials), with the scopes that it asks for.
 */
final class TokenServer implements AutoCloseable {

  static final String CLIENT = "journal-system-a";
  static final String AUDIENCE = "https://nhv.example/fhir";

  final RSAKey rsa;
  final ECKey ec;
  final ECKey clientKey;
  final AtomicBoolean down = new AtomicBoolean();
  private final HttpServer server;

  private TokenServer(HttpServer server) throws JOSEException {
    this.server = server;
    this.rsa = new RSAKeyGenerator(2048).keyID("rsa-1").generate();
    this.ec = new ECKeyGenerator(Curve.P_384).keyID("ec-1").generate();
    this.clientKey = new ECKeyGenerator(Curve.P_384).keyID("client-1").generate();
  }

  static TokenServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      TokenServer tokens = new TokenServer(server);
      server.createContext("/", tokens::answer);
      server.start();
      return tokens;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  String issuer() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/realms/a";
  }

  /** The settings that make a server take its tokens. */
  String[] settings() {
    return new String[] {
      "--nhv.access.issuers[0].issuer=" + issuer(),
      "--nhv.access.issuers[0].audience=" + AUDIENCE,
      "--nhv.access.issuers[0].roles=unit,staff,authority,developer,operator",
      "--nhv.access.issuers[0].units=" + Doors.UNIT_A + "," + Doors.UNIT_B,
    };
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    Map<String, Object> body = new HashMap<>();
    int status = 200;
    if (down.get()) {
      status = 500;
    } else if (path.equals("/realms/a/.well-known/openid-configuration")) {
      body.put("issuer", issuer());
      body.put("jwks_uri", issuer() + "/keys");
      body.put("token_endpoint", issuer() + "/token");
    } else if (path.equals("/realms/a/keys")) {
      body.putAll(new JWKSet(List.of(rsa, ec)).toJSONObject(true));
    } else if (path.equals("/realms/a/token")) {
      status = give(exchange, body);
    } else {
      status = 404;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(body);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, json.length);
    exchange.getResponseBody().write(json);
    exchange.close();
  }

  private int give(HttpExchange exchange, Map<String, Object> body) throws IOException {
    Map<String, String> form = new HashMap<>();
    String text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    for (String pair : text.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    if (!"client_credentials".equals(form.get("grant_type")) || !isOfClient(form)) {
      body.put("error", "invalid_client");
      return 401;
    }
    String scope = form.getOrDefault("scope", "");
    body.put("access_token", signed(claims().claim("scope", scope).build(), ec));
    body.put("token_type", "bearer");
    body.put("expires_in", 300);
    return 200;
  }

  private boolean isOfClient(Map<String, String> form) {
    try {
      SignedJWT assertion = SignedJWT.parse(form.getOrDefault("client_assertion", ""));
      JWTClaimsSet claims = assertion.getJWTClaimsSet();
      return assertion.verify(new ECDSAVerifier(clientKey.toECPublicKey()))
          && CLIENT.equals(claims.getIssuer())
          && claims.getAudience().contains(issuer() + "/token")
          && claims.getExpirationTime().toInstant().isAfter(Instant.now());
    } catch (ParseException | JOSEException e) {
      return false;
    }
  }

  /** What the client sends to get a token. */
  String assertion() {
    Instant now = Instant.now();
    return signed(
        new JWTClaimsSet.Builder()
            .issuer(CLIENT)
            .subject(CLIENT)
            .audience(issuer() + "/token")
            .jwtID(UUID.randomUUID().toString())
            .expirationTime(Date.from(now.plusSeconds(120)))
            .build(),
        clientKey);
  }

  /** The claims of a good token of unit A's system, for everything. */
  JWTClaimsSet.Builder claims() {
    Instant now = Instant.now();
    return new JWTClaimsSet.Builder()
        .issuer(issuer())
        .subject(CLIENT)
        .audience(AUDIENCE)
        .issueTime(Date.from(now))
        .expirationTime(Date.from(now.plusSeconds(300)))
        .claim("client_id", CLIENT)
        .claim("role", "unit")
        .claim("unit", Doors.UNIT_A)
        .claim("scope", "system/*.cruds");
  }

  /** A token with those claims, signed with that key under its own id. */
  static String signed(JWTClaimsSet claims, JWK key) {
    return signed(header(key).build(), claims, key);
  }

  static JWSHeader.Builder header(JWK key) {
    JWSAlgorithm algorithm = key instanceof RSAKey ? JWSAlgorithm.RS384 : JWSAlgorithm.ES384;
    return new JWSHeader.Builder(algorithm)
        .type(new JOSEObjectType("at+jwt"))
        .keyID(key.getKeyID());
  }

  static String signed(JWSHeader header, JWTClaimsSet claims, JWK key) {
    try {
      JWSSigner signer =
          key instanceof RSAKey rsa ? new RSASSASigner(rsa) : new ECDSASigner(key.toECKey());
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(signer);
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
