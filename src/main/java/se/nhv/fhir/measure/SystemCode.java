package se.nhv.fhir.measure;

import java.util.Comparator;

/**
 * A code of a code system.
 *
 * @param system the URI of the system; empty where a source names none
 * @param code the code in it
 */
public record SystemCode(String system, String code) implements Comparable<SystemCode> {

  private static final Comparator<SystemCode> ORDER =
      Comparator.comparing(SystemCode::system).thenComparing(SystemCode::code);

  @Override
  public int compareTo(SystemCode other) {
    return ORDER.compare(this, other);
  }

  /** As FHIR's searches write it: {@code system|code}. */
  @Override
  public String toString() {
    return system + "|" + code;
  }
}
