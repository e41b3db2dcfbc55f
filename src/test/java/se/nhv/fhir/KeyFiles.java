package se.nhv.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;

/**
 * Keys with certificates of their own for localhost, in PKCS #12 files of a folder.
 *
 * @param folder the folder
 */
public record KeyFiles(Path folder) {

  /** The password of every file. */
  public static final String PASSWORD = "hemligt-4711";

  /** Makes a key, in {@code <name>.p12} under its name. */
  public void make(String name) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "EC",
                "-groupname",
                "secp384r1",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file(name).toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
  }

  /** The file with that key or those certificates. */
  public Path file(String name) {
    return folder.resolve(name + ".p12");
  }

  /** What is in that file. */
  public KeyStore read(String name) throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream stream = Files.newInputStream(file(name))) {
      keys.load(stream, PASSWORD.toCharArray());
    }
    return keys;
  }

  /** Writes {@code <name>.p12} with the certificates of those, without their keys. */
  public void trust(String name, List<String> trusted)
      throws IOException, GeneralSecurityException {
    KeyStore certificates = KeyStore.getInstance("PKCS12");
    certificates.load(null, null);
    for (String one : trusted) {
      certificates.setCertificateEntry(one, read(one).getCertificate(one));
    }
    try (OutputStream stream = Files.newOutputStream(file(name))) {
      certificates.store(stream, PASSWORD.toCharArray());
    }
  }
}
