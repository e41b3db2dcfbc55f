package se.nhv.fhir.intake.pull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What this side shows and trusts in TLS: a certificate of its own (mTLS), an authority of the
 * hospital's own, or both. Unreadable files are IllegalArgumentExceptions that name the file and no
 * secret.
 */
public final class ClientTls {

  private static final char[] IN_MEMORY = "in-memory".toCharArray();

  private final @Nullable KeyStore identity;
  private final char[] password;
  private final @Nullable KeyStore trusted;

  private ClientTls(@Nullable KeyStore identity, char[] password, @Nullable KeyStore trusted) {
    this.identity = identity;
    this.password = password.clone();
    this.trusted = trusted;
  }

  /**
   * From PEM files.
   *
   * @param certificate the client certificate, followed by those between it and its authority
   * @param key its private key, unencrypted PKCS 8; may be the same file
   */
  public static ClientTls pem(Path certificate, Path key) {
    try {
      Certificate[] chain = Pem.certificates(text(certificate)).toArray(Certificate[]::new);
      KeyStore store = empty();
      store.setKeyEntry("client", Pem.privateKey(text(key)), IN_MEMORY, chain);
      return new ClientTls(store, IN_MEMORY, null);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(certificate + " and " + key, e);
    }
  }

  /** From a PKCS 12 file with certificate and key. */
  public static ClientTls pkcs12(Path file, char[] password) {
    try (InputStream stream = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(stream, password);
      return new ClientTls(store, password, null);
    } catch (GeneralSecurityException | IOException e) {
      throw unusable(file.toString(), e);
    }
  }

  /** Without a certificate of its own. */
  public static ClientTls anonymous() {
    return new ClientTls(null, IN_MEMORY, null);
  }

  /** The same, trusting servers of the authorities in that PEM file and no others. */
  public ClientTls trusting(Path authorities) {
    try {
      KeyStore store = empty();
      List<Certificate> certificates = Pem.certificates(text(authorities));
      for (int i = 0; i < certificates.size(); i++) {
        store.setCertificateEntry("authority" + i, certificates.get(i));
      }
      return new ClientTls(identity, password, store);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw unusable(authorities.toString(), e);
    }
  }

  /** Without any key or password. */
  @Override
  public String toString() {
    return (identity == null ? "no client certificate" : "a client certificate")
        + (trusted == null ? "" : ", own authorities");
  }

  SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("the client certificate cannot be used for TLS", e);
    }
  }

  private KeyManager @Nullable [] keys() throws GeneralSecurityException {
    if (identity == null) {
      return null;
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(identity, password);
    return keys.getKeyManagers();
  }

  private TrustManager @Nullable [] trust() throws GeneralSecurityException {
    if (trusted == null) {
      return null;
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    return trust.getTrustManagers();
  }

  private static KeyStore empty() throws GeneralSecurityException {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      return store;
    } catch (IOException e) {
      throw new GeneralSecurityException("an empty key store needs no reading", e);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw unusable(file.toString(), e);
    }
  }

  private static IllegalArgumentException unusable(String file, Exception cause) {
    String reason =
        cause instanceof IllegalArgumentException
            ? cause.getMessage()
            : "it cannot be read (" + cause.getClass().getSimpleName() + ")";
    return new IllegalArgumentException(file + ": " + reason, cause);
  }
}
