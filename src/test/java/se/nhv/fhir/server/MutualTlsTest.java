package se.nhv.fhir.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.KeyFiles;

/** Doors that ask for a client certificate, and tokens that are bound to one (RFC 8705). */
class MutualTlsTest {

  private static KeyFiles keys;
  private static TokenServer issuer;
  private static Doors doors;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    keys = new KeyFiles(folder);
    for (String name : List.of("server", "hospital", "other", "stranger")) {
      keys.make(name);
    }
    keys.trust("clients", List.of("hospital", "other"));
    keys.trust("doors", List.of("server"));
    issuer = TokenServer.start();
    String[] settings = {
      "--server.ssl.key-store=" + keys.file("server"),
      "--server.ssl.key-store-password=" + KeyFiles.PASSWORD,
      "--server.ssl.trust-store=" + keys.file("clients"),
      "--server.ssl.trust-store-password=" + KeyFiles.PASSWORD,
      "--server.ssl.client-auth=need",
      issuer.settings()[0],
      issuer.settings()[1],
      issuer.settings()[2],
      issuer.settings()[3],
    };
    doors = Doors.start(settings);
  }

  @AfterAll
  static void stop() {
    doors.close();
    issuer.close();
  }

  private static int asked(@Nullable String certificate, String token)
      throws GeneralSecurityException, IOException, InterruptedException {
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    KeyStore none = KeyStore.getInstance("PKCS12");
    none.load(null, null);
    own.init(certificate == null ? none : keys.read(certificate), KeyFiles.PASSWORD.toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys.read("doors"));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
    String base = doors.base().replace("http://127.0.0.1", "https://localhost");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + "/intake/Patient"))
            .header("Authorization", "Bearer " + token)
            .build();
    return HttpClient.newBuilder()
        .sslContext(tls)
        .build()
        .send(request, BodyHandlers.discarding())
        .statusCode();
  }

  private static String boundTo(String certificate) throws GeneralSecurityException, IOException {
    byte[] encoded = keys.read(certificate).getCertificate(certificate).getEncoded();
    String print =
        Base64.getUrlEncoder().withoutPadding().encodeToString(DigestUtils.sha256(encoded));
    return TokenServer.signed(
        issuer.claims().claim("cnf", Map.of("x5t#S256", print)).build(), issuer.ec);
  }

  @Test
  void aKnownCertificateAndATokenOpenTheDoorTogether() throws Exception {
    assertThat(asked("hospital", Doors.TOKEN_A)).isEqualTo(200);
    assertThat(asked("hospital", "token-of-nobody-0123456789")).isEqualTo(401);
    for (String unknown : new String[] {null, "stranger"}) {
      assertThatThrownBy(() -> asked(unknown, Doors.TOKEN_A)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aTokenThatIsBoundToACertificateIsGoodWithThatCertificateOnly() throws Exception {
    String bound = boundTo("hospital");
    assertThat(asked("hospital", bound)).isEqualTo(200);
    assertThat(asked("other", bound)).isEqualTo(401);
  }
}
