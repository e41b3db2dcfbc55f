package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import se.nhv.fhir.measure.MeasureReference;

/**
 * Numbers the unknowns. A cell that has the same count in two releases is one unknown in both (a
 * reader will take what was not revised to be as it was), also when the second is of a new version
 * of the Measure, and so are cells that are tied.
 */
final class Unknowns {

  /**
   * What makes a count the same in two releases.
   *
   * @param key the cell, of whatever version of its Measure
   * @param count its count
   * @param parts the units' cells of which it is the sum; empty for a unit
   */
  private record Identity(CellKey key, long count, List<Identity> parts) {}

  private final Map<Identity, Integer> numbers = new HashMap<>();
  private final List<Long> values = new ArrayList<>();
  private final List<Integer> parents = new ArrayList<>();

  /** The unknown of each cell of the cube that holds a count. */
  SortedMap<CellKey, Integer> add(Cube cube) {
    SortedMap<CellKey, Integer> layer = new TreeMap<>();
    cube.counts()
        .forEach(
            (key, count) -> {
              List<Identity> parts =
                  cube.parts().getOrDefault(key.report(), List.of()).stream()
                      .map(key::of)
                      .map(it -> new Identity(anyVersion(it), cube.count(it).orElse(0), List.of()))
                      .toList();
              layer.put(key, number(new Identity(anyVersion(key), count, parts)));
            });
    return layer;
  }

  private static CellKey anyVersion(CellKey key) {
    ReportKey report = key.report();
    MeasureReference measure = new MeasureReference(report.measure().name(), "");
    return key.of(new ReportKey(report.reporter(), measure, report.period()));
  }

  private int number(Identity identity) {
    return numbers.computeIfAbsent(
        identity,
        it -> {
          values.add(it.count());
          parents.add(parents.size());
          return parents.size() - 1;
        });
  }

  /** Makes one unknown of the two, if their counts are equal. */
  void tie(int a, int b) {
    if (values.get(a).equals(values.get(b))) {
      parents.set(root(a), root(b));
    }
  }

  /** The unknown that stands for that one and all that it is tied to. */
  int root(int unknown) {
    int at = unknown;
    while (parents.get(at) != at) {
      at = parents.get(at);
    }
    return at;
  }

  /** The exact counts. */
  long[] values() {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
