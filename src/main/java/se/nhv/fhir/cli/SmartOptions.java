package se.nhv.fhir.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import se.nhv.fhir.intake.pull.Authentication;
import se.nhv.fhir.intake.pull.SigningKey;

/** Short-lived tokens for a signed assertion, in place of a static one. */
@SuppressWarnings("NullAway.Init") // picocli sets what is required
final class SmartOptions {

  @Option(
      names = "--client-id",
      required = true,
      paramLabel = "ID",
      description = "the client id that the hospital registered")
  private String clientId;

  @Option(
      names = "--private-key",
      required = true,
      paramLabel = "FILE",
      description = "its private key, JWK or PKCS 8 PEM: RSA (RS384) or EC P-384 (ES384)")
  private Path privateKey;

  @Option(
      names = "--key-id",
      paramLabel = "KID",
      description = "the kid of the registered public key (default: the JWK's own)")
  private @Nullable String keyId;

  @Option(
      names = "--token-endpoint",
      paramLabel = "URL",
      description = "where tokens are given out (default: as .well-known/smart-configuration says)")
  private @Nullable URI tokenEndpoint;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "what is asked for (default: system/*.rs; SMART 1 wants system/*.read)")
  private @Nullable String scope;

  Authentication authentication() {
    return new Authentication.BackendServices(
        clientId,
        key(),
        tokenEndpoint,
        scope == null ? Authentication.BackendServices.SCOPE : scope);
  }

  private SigningKey key() {
    try {
      return SigningKey.read(Files.readString(privateKey), keyId);
    } catch (IOException e) {
      throw new IllegalArgumentException(privateKey + " cannot be read", e);
    }
  }
}
