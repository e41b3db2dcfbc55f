package se.nhv.fhir.measure;

import java.util.regex.Pattern;

/**
 * A hospital unit with a permit, by its HSA-id, for example {@code SE2321000016-1003}.
 *
 * @param hsaId 1 to 31 capital letters, digits and hyphens
 */
public record Unit(String hsaId) implements Comparable<Unit> {

  private static final Pattern HSA_ID = Pattern.compile("[A-Z0-9-]{1,31}");

  /** Refuses what cannot be an HSA-id with an IllegalArgumentException. */
  public Unit {
    if (!HSA_ID.matcher(hsaId).matches()) {
      throw new IllegalArgumentException(
          "'" + hsaId + "' is not an HSA-id: it takes 1 to 31 of A-Z, 0-9 and '-'");
    }
  }

  @Override
  public int compareTo(Unit other) {
    return hsaId.compareTo(other.hsaId);
  }

  @Override
  public String toString() {
    return hsaId;
  }
}
