package com.ibm.icu.text;

import java.util.Locale;
import java.util.Set;

/**
 * The three methods of ICU's class that the FHIR validator calls to choose between the singular and
 * the plural of its English messages. ICU itself would add 15 MB to the jar for that.
 */
public final class PluralRules {

  private static final PluralRules ENGLISH = new PluralRules();

  private PluralRules() {}

  /** English for every locale: the validator's messages are taken in English only. */
  public static PluralRules forLocale(Locale locale) {
    return ENGLISH;
  }

  /** The categories that English has (Unicode CLDR, plural rules, en). */
  public Set<String> getKeywords() {
    return Set.of("one", "other");
  }

  /** {@code one} for 1, {@code other} for all else. */
  public String select(double number) {
    return number == 1 ? "one" : "other";
  }
}
