package se.nhv.fhir.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import se.nhv.fhir.intake.pull.ClientTls;

/** What is shown and trusted in TLS. */
final class TlsOptions {

  @Option(
      names = "--client-certificate",
      paramLabel = "FILE",
      description = "a client certificate: PEM, or PKCS 12 (.p12, .pfx) with its key")
  private @Nullable Path certificate;

  @Option(
      names = "--client-key",
      paramLabel = "FILE",
      description = "its private key in PKCS 8 PEM (default: in the same file)")
  private @Nullable Path key;

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description = "the authorities to trust, in PEM, instead of the JDK's")
  private @Nullable Path trust;

  /** The password of a PKCS 12 file comes from env NHV_CLIENT_CERTIFICATE_PASSWORD alone. */
  ClientTls tls() {
    ClientTls own = own();
    return trust == null ? own : own.trusting(trust);
  }

  private ClientTls own() {
    if (certificate == null) {
      return ClientTls.anonymous();
    }
    if (certificate.toString().matches("(?i).*\\.(p12|pfx)")) {
      String password = System.getenv().getOrDefault("NHV_CLIENT_CERTIFICATE_PASSWORD", "");
      return ClientTls.pkcs12(certificate, password.toCharArray());
    }
    return ClientTls.pem(certificate, key == null ? certificate : key);
  }
}
