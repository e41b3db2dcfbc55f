package se.nhv.fhir.reporting;

import java.util.regex.Pattern;

/** What a person writes and others read: a name, a reason. */
public final class FreeText {

  /** The most characters of a reason. */
  public static final int LONGEST = 500;

  /** White space and hyphens of every kind, and what else is written between the parts. */
  private static final String GAP = "[\\s\\p{Z}\\p{Pd}\u2212+./]";

  /** Ten or twelve digits with a gap before the last four or none, whatever they mean. */
  private static final Pattern DIGITS =
      Pattern.compile("(?<![0-9A-Za-z])([0-9]{2})?[0-9]{6}" + GAP + "?[0-9]{4}(?![0-9])");

  /**
   * A day of birth, or one of a coordination number (61 to 91), and four digits that do not begin a
   * second day: {@code 2024-01-01 till 2024-12-31} and {@code 2024-01-01–2024-12-31} are periods.
   * No HSA-id begins so: of an organisation's number, what stands where the month would is 20 or
   * more.
   */
  private static final Pattern PERSONAL_NUMBER =
      Pattern.compile(
          "(?<![0-9])(?:(?:18|19|20)[0-9]{2}GAP?MONTHGAP?DAY|[0-9]{2}DASH?MONTHDASH?DAY)"
              .replace("DASH", "[\\p{Pd}\u2212]")
              .concat("GAP{0,3}[0-9]{4}(?![0-9]|GAP?MONTHGAP?[0-9]{2}(?![0-9]))")
              .replace("MONTH", "(?:0[1-9]|1[0-2])")
              .replace("DAY", "(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])")
              .replace("GAP", GAP));

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

  private FreeText() {}

  /** Whether it is short and holds nothing that looks like a personal identity number. */
  public static boolean isHarmless(String text) {
    return text.length() <= LONGEST
        && !DIGITS.matcher(text).find()
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
