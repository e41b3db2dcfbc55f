package se.nhv.fhir.reporting;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A person who signs for a unit.
 *
 * @param id how the person is known, for example by the HSA-id of an employee: 1 to 64 visible
 *     ASCII characters
 * @param name the name that a signature shows: 1 to 200 characters, without a personal identity
 *     number
 */
public record Signatory(String id, String name) {

  private static final Pattern ID = Pattern.compile("[!-~]{1,64}");
  private static final int LONGEST_NAME = 200;

  /** Refuses what cannot stand in a signature with an IllegalArgumentException. */
  public Signatory {
    id = id.strip();
    name = name.strip();
    if (!ID.matcher(id).matches() || !FreeText.isHarmless(id)) {
      throw new IllegalArgumentException(
          "who signs must be known by 1 to 64 visible ASCII characters, and not by a personal"
              + " identity number");
    }
    if (name.isEmpty() || name.length() > LONGEST_NAME || !FreeText.isHarmless(name)) {
      throw new IllegalArgumentException(
          "who signs must have a name of 1 to 200 characters, without a personal identity number");
    }
  }

  /** Whether both are the same person, however the id is spelled: in capitals or not. */
  public boolean isSamePersonAs(Signatory other) {
    return id.toLowerCase(Locale.ROOT).equals(other.id.toLowerCase(Locale.ROOT));
  }

  /** Nothing of the person, for a log. */
  @Override
  public String toString() {
    return "a signatory";
  }
}
