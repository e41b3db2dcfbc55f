package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * The counts of this and every earlier release as unknowns that are whole and at least zero, and
 * all that is known of how they hang together. The exact counts fulfil every constraint.
 *
 * @param values the exact count of each unknown
 * @param constraints the constraints
 * @param layers for each release, the last being the new one, the unknown of each cell that holds a
 *     count; one unknown may stand in many cells
 */
@SuppressWarnings("ArrayRecordComponent")
record Programme(
    long[] values, List<Constraint> constraints, List<SortedMap<CellKey, Integer>> layers) {

  Programme {
    constraints = List.copyOf(constraints);
    layers = layers.stream().map(Collections::unmodifiableSortedMap).toList();
  }

  int size() {
    return values.length;
  }

  /** The unknowns of the new release's cells. */
  SortedMap<CellKey, Integer> current() {
    return layers.get(layers.size() - 1);
  }

  /** For each unknown, the constraints in which it stands. */
  List<List<Constraint>> byUnknown() {
    List<List<Constraint>> lists = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      lists.add(new ArrayList<>());
    }
    for (Constraint constraint : constraints) {
      constraint.terms().keySet().forEach(v -> lists.get(v).add(constraint));
    }
    return lists;
  }

  /** More than any count that has to be tried. */
  long ceiling(int width) {
    return Arrays.stream(values).max().orElse(0) + 10L * width + 10;
  }
}
