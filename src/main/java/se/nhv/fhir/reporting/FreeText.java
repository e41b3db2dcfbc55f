package se.nhv.fhir.reporting;

import java.util.regex.Pattern;

/** What a person writes and others read: a name, a reason. */
public final class FreeText {

  /** The most characters of a reason. */
  public static final int LONGEST = 500;

  private static final Pattern PERSONAL_NUMBER =
      Pattern.compile("(?<![0-9A-Za-z])([0-9]{2})?[0-9]{6}[-+ ]?[0-9]{4}(?![0-9])");
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private FreeText() {}

  /** Whether it is short and holds nothing that looks like a personal identity number. */
  public static boolean isHarmless(String text) {
    return text.length() <= LONGEST
        && !PERSONAL_NUMBER.matcher(text).find()
        && !CONTROL.matcher(text).find();
  }

  /**
   * The reason without white space around it.
   *
   * @throws IllegalArgumentException if it is empty, too long, or may identify a person
   */
  public static String reason(String text) {
    String reason = text.strip();
    if (reason.isEmpty() || !isHarmless(reason)) {
      throw new IllegalArgumentException(
          "a reason takes 1 to 500 characters and no personal identity number: it is read by others");
    }
    return reason;
  }
}
