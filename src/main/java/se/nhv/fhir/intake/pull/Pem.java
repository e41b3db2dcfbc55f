package se.nhv.fhir.intake.pull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys and certificates in PEM (RFC 7468), with what the JDK brings: its PKCS 8 and X.509. Faults
 * are IllegalArgumentExceptions that quote nothing of the text.
 */
final class Pem {

  private static final Pattern PRIVATE_KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----");

  private Pem() {}

  /** The first private key. */
  static PrivateKey privateKey(String text) {
    Matcher key = PRIVATE_KEY.matcher(text);
    if (!key.find()) {
      throw new IllegalArgumentException(
          "no unencrypted PKCS 8 private key (BEGIN PRIVATE KEY) in the PEM text; make one with"
              + " openssl pkcs8 -topk8 -nocrypt");
    }
    try {
      return decoded(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(key.group(1))));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException("the private key is neither RSA nor EC in PKCS 8", e);
    }
  }

  /** Every certificate, in their order; at least one. */
  static List<Certificate> certificates(String text) {
    try (InputStream stream =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))) {
      List<Certificate> found =
          List.copyOf(CertificateFactory.getInstance("X.509").generateCertificates(stream));
      if (!found.isEmpty()) {
        return found;
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException("the certificates are not X.509 in PEM", e);
    }
    throw new IllegalArgumentException("no certificate (BEGIN CERTIFICATE) in the PEM text");
  }

  private static PrivateKey decoded(PKCS8EncodedKeySpec encoded) throws GeneralSecurityException {
    try {
      return KeyFactory.getInstance("RSA").generatePrivate(encoded);
    } catch (InvalidKeySpecException notRsa) {
      return KeyFactory.getInstance("EC").generatePrivate(encoded);
    }
  }
}
