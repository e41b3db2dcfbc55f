package se.nhv.fhir.intake.pull;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import se.nhv.fhir.KeyFiles;

@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientTlsTest {

  private static final String PASSWORD = KeyFiles.PASSWORD;

  private final Path folder;
  private @Nullable WireMockServer hospital;

  ClientTlsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  void start() throws IOException, InterruptedException, GeneralSecurityException {
    keys("server");
    keys("client");
    keys("other");
    WireMockServer server =
        new WireMockServer(
            wireMockConfig()
                .dynamicPort()
                .dynamicHttpsPort()
                .keystorePath(folder.resolve("server.p12").toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD)
                .keystoreType("PKCS12")
                .needClientAuth(true)
                .trustStorePath(folder.resolve("client.p12").toString())
                .trustStorePassword(PASSWORD)
                .trustStoreType("PKCS12"));
    server.stubFor(any(anyUrl()).willReturn(okJson("{}")));
    server.start();
    hospital = server;
  }

  @AfterAll
  void stop() {
    if (hospital != null) {
      hospital.stop();
    }
  }

  @Test
  void aClientCertificateOpensTheDoorFromPemAndFromPkcs12() throws QueryFailedException {
    assertThat(asked(pem("client").trusting(file("server.pem")))).isEqualTo(200);
    ClientTls pkcs12 = ClientTls.pkcs12(file("client.p12"), PASSWORD.toCharArray());
    assertThat(asked(pkcs12.trusting(file("server.pem")))).isEqualTo(200);
  }

  @Test
  void withoutTheRightCertificatesOfBothSidesThereIsNoAnswer() {
    for (ClientTls tls :
        List.of(
            ClientTls.anonymous().trusting(file("server.pem")),
            pem("other").trusting(file("server.pem")),
            pem("client"),
            pem("client").trusting(file("other.pem")))) {
      assertThatThrownBy(() -> asked(tls))
          .isInstanceOf(QueryFailedException.class)
          .hasMessageMatching("(TLS|the connection) failed.*");
    }
  }

  @Test
  void aFileThatCannotBeUsedIsNamedWithoutItsSecrets() {
    assertRefused(() -> ClientTls.pkcs12(file("client.p12"), "wrong".toCharArray()), "client.p12");
    assertRefused(() -> ClientTls.pem(file("gone.pem"), file("client.key")), "gone.pem");
    assertRefused(() -> ClientTls.pem(file("client.key"), file("client.key")), "X.509");
    assertRefused(() -> ClientTls.pem(file("client.pem"), file("client.pem")), "openssl pkcs8");
    assertRefused(() -> pem("client").trusting(file("client.key")), "client.key");
    assertThat(pem("client").toString()).isEqualTo("a client certificate");
  }

  private int asked(ClientTls tls) throws QueryFailedException {
    int port = hospital == null ? 0 : hospital.httpsPort();
    URI base = URI.create("https://localhost:" + port + "/fhir");
    PullLimits limits =
        new PullLimits(200, 20, Duration.ofSeconds(5), 200_000, 1, Duration.ofMillis(1));
    FhirEndpoint endpoint = new FhirEndpoint(base, new Authentication.None(), tls, limits);
    return new EndpointClient(endpoint).exchange(HttpRequest.newBuilder(base).build()).statusCode();
  }

  private ClientTls pem(String name) {
    return ClientTls.pem(file(name + ".pem"), file(name + ".key"));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private static void assertRefused(Runnable reading, String reason) {
    assertThatThrownBy(reading::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain(PASSWORD);
  }

  private void keys(String name)
      throws IOException, InterruptedException, GeneralSecurityException {
    KeyFiles files = new KeyFiles(folder);
    files.make(name);
    KeyStore keys = files.read(name);
    Certificate certificate = keys.getCertificate(name);
    String pem = Base64.getMimeEncoder().encodeToString(certificate.getEncoded());
    Files.writeString(
        file(name + ".pem"),
        "-----BEGIN CERTIFICATE-----\n" + pem + "\n-----END CERTIFICATE-----\n");
    PrivateKey key = (PrivateKey) keys.getKey(name, PASSWORD.toCharArray());
    Files.writeString(file(name + ".key"), ClientKeys.pem(key));
  }
}
