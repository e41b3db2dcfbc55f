package se.nhv.fhir.publication;

import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The bounds of one unknown, up to a ceiling far above all counts.
 *
 * @param low the least that it can be
 * @param high the most
 */
record ExactBounds(long low, long high) {

  /** Of that unknown, each by a programme of its own. */
  static ExactBounds of(int unknown, Programme programme, BitSet known) {
    List<List<Constraint>> byUnknown = programme.byUnknown();
    long low = programme.values()[unknown];
    long high = low;
    Component component = Component.of(unknown, programme, byUnknown, known, programme.ceiling(1));
    for (int sign : new int[] {1, -1}) {
      for (Map<Integer, Long> found : component.solve(Map.of(unknown, sign)).stream().toList()) {
        low = Math.min(low, found.getOrDefault(unknown, low));
        high = Math.max(high, found.getOrDefault(unknown, high));
      }
    }
    return new ExactBounds(low, high);
  }
}
