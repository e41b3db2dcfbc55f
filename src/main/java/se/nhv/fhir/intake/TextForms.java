package se.nhv.fhir.intake;

import org.jspecify.annotations.Nullable;

/** Which characters a text may hold (FHIR R4, datatypes.html#string; RFC 3629). */
final class TextForms {

  private TextForms() {}

  /** Whether a character may stand in any text, whatever stands beside it. */
  static boolean mayBeIn(int c) {
    return !isControl(c) && !Character.isSurrogate((char) c);
  }

  /** What is wrong with the characters of a text; null if nothing. */
  static @Nullable String fault(String text) {
    if (text.chars().anyMatch(TextForms::isControl)) {
      return "it holds a control character, which FHIR takes in no text";
    }
    boolean half =
        text.codePoints()
            .anyMatch(c -> c <= Character.MAX_VALUE && Character.isSurrogate((char) c));
    return half ? "it holds half of a surrogate pair, which UTF-8 cannot write" : null;
  }

  private static boolean isControl(int c) {
    return c < ' ' && c != '\t' && c != '\n' && c != '\r';
  }
}
