package se.nhv.fhir.evaluation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;
import se.nhv.fhir.measure.RawResource;

/**
 * A hash of a set of resources that does not depend on their order: the sum, modulo 2^256, of the
 * SHA-256 of each. Hashes of parts merge to the hash of the whole.
 */
final class SnapshotHash {

  private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

  private final MessageDigest digest = DigestUtils.getSha256Digest();
  private BigInteger sum = BigInteger.ZERO;

  void add(RawResource resource) {
    digest.update((resource.type() + '/' + resource.id() + '\n').getBytes(StandardCharsets.UTF_8));
    add(new BigInteger(1, digest.digest(resource.json())));
  }

  void merge(SnapshotHash other) {
    add(other.sum);
  }

  private void add(BigInteger summand) {
    sum = sum.add(summand).mod(MODULUS);
  }

  /** 64 hexadecimal digits. */
  String hex() {
    byte[] bytes = new byte[32];
    byte[] magnitude = sum.toByteArray();
    int length = Math.min(magnitude.length, 32);
    System.arraycopy(magnitude, magnitude.length - length, bytes, 32 - length, length);
    return HexFormat.of().formatHex(bytes);
  }
}
