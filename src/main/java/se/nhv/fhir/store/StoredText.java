package se.nhv.fhir.store;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/** Text as both databases can keep it: no NUL, no half of a surrogate pair, no endless values. */
final class StoredText {

  private static final int LONGEST_KEY = 255;
  private static final int LONGEST_VALUE = 400;
  private static final int KEPT_OF_LONGER = 200;

  private StoredText() {}

  /** Whether a resource can have that key. */
  static boolean fits(ResourceKey key) {
    return fits(key.partition()) && fits(key.type()) && fits(key.id());
  }

  /** Whether it can be part of a key. */
  static boolean fits(String part) {
    return !part.isEmpty() && part.length() <= LONGEST_KEY && part.equals(cleaned(part));
  }

  /** Refuses a key that cannot be kept, without repeating it. */
  static void require(ResourceKey key) {
    if (!fits(key)) {
      throw new IllegalArgumentException(
          "the partition, type and id of a "
              + (fits(key.type()) ? key.type() : "resource")
              + " take 1 to "
              + LONGEST_KEY
              + " characters without U+0000 and unpaired surrogates");
    }
  }

  /**
   * The form in which an index value is kept and looked up. The rest of a long one is replaced by
   * its hash, so that equality holds and an index row stays small.
   */
  static String indexed(String value) {
    String clean = cleaned(value);
    if (clean.length() <= LONGEST_VALUE) {
      return clean;
    }
    byte[] hash = DigestUtils.sha256(clean.getBytes(StandardCharsets.UTF_8));
    return cleaned(clean.substring(0, KEPT_OF_LONGER)) + "#" + HexFormat.of().formatHex(hash);
  }

  private static String cleaned(String value) {
    boolean clean = true;
    for (int i = 0; i < value.length() && clean; i++) {
      clean = value.charAt(i) != 0 && !Character.isSurrogate(value.charAt(i));
    }
    if (clean) {
      return value;
    }
    String noNul = value.replace('\0', '\uFFFD');
    StringBuilder paired = new StringBuilder(noNul.length());
    noNul
        .codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .forEach(paired::appendCodePoint);
    return paired.toString();
  }
}
