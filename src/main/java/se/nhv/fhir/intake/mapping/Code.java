package se.nhv.fhir.intake.mapping;

import java.util.Comparator;

/**
 * A code of a code system.
 *
 * @param system the URI of the system; empty where a source names none
 * @param code the code in it
 */
public record Code(String system, String code) implements Comparable<Code> {

  private static final Comparator<Code> ORDER =
      Comparator.comparing(Code::system).thenComparing(Code::code);

  @Override
  public int compareTo(Code other) {
    return ORDER.compare(this, other);
  }

  /** As FHIR's searches write it: {@code system|code}. */
  @Override
  public String toString() {
    return system + "|" + code;
  }
}
