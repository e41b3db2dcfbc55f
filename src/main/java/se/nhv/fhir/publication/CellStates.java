package se.nhv.fhir.publication;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The state of every cell, once it is decided which counts are hidden. A rate is shown only if
 * every count that it is worked out from is shown, a statistic of values only if their number is; a
 * mean over several units or groups only if each one's is shown. So what is shown beside the counts
 * tells nothing about hidden ones.
 */
final class CellStates {

  private final Cube cube;
  private final DisclosurePolicy policy;
  private final Set<CellKey> hiddenCounts;
  private final Map<CellKey, CellState> states = new TreeMap<>();

  CellStates(Cube cube, DisclosurePolicy policy, Set<CellKey> hiddenCounts) {
    this.cube = cube;
    this.policy = policy;
    this.hiddenCounts = hiddenCounts;
  }

  /** The states by cell. */
  Map<CellKey, CellState> all() {
    for (CellKey key : cube.cells().keySet()) {
      state(key);
    }
    return states;
  }

  private CellState state(CellKey key) {
    CellState known = states.get(key);
    if (known == null) {
      known = worked(key);
      states.put(key, known);
    }
    return known;
  }

  private CellState worked(CellKey key) {
    if (cube.notReported().contains(key.report())) {
      return CellState.NOT_REPORTED;
    }
    boolean hidden;
    if (key.isCount()) {
      hidden = hiddenCounts.contains(key);
    } else if (key.statistic().equals(CellKey.SCORE)) {
      hidden = hidesScore(key);
    } else {
      hidden = hidesQuantity(key);
    }
    if (hidden) {
      return CellState.HIDDEN;
    }
    BigDecimal value = cube.value(key);
    if (value == null) {
      return CellState.NO_DATA;
    }
    return value.signum() == 0 ? CellState.ZERO : CellState.VALUE;
  }

  private boolean hidesScore(CellKey key) {
    return Stream.concat(
                Stream.of(CellKey.DENOMINATOR, CellKey.NUMERATOR), CellKey.TAKEN_OUT.stream())
            .anyMatch(it -> hiddenCounts.contains(key.with(it)))
        || policy.hidesRate(denominator(cube, key));
  }

  private boolean hidesQuantity(CellKey key) {
    CellKey number = number(key);
    long values = cube.count(number).orElse(0);
    boolean few = key.isMoment() ? policy.hidesMoments(values) : policy.hidesPercentiles(values);
    return few || hiddenCounts.contains(number) || (key.isMoment() && hidesPart(key));
  }

  /** Whether a mean of which this one is made up is hidden. */
  private boolean hidesPart(CellKey key) {
    List<CellKey> ofUnits =
        cube.parts().getOrDefault(key.report(), List.of()).stream().map(key::of).toList();
    List<CellKey> ofGroups =
        key.group().equals(cube.firstGroup(key.report()))
            ? cube.categories(key.report()).stream().map(key::inGroup).toList()
            : List.of();
    return Stream.concat(ofUnits.stream(), ofGroups.stream())
        .filter(part -> cube.cells().containsKey(part))
        .flatMap(part -> Stream.of(part, part.with(CellKey.MEAN)))
        .anyMatch(
            part -> state(part) == CellState.HIDDEN && cube.count(number(part)).orElse(0) > 0);
  }

  /** The cell that tells of how many values the statistic is. */
  private CellKey number(CellKey key) {
    CellKey count = key.with(CellKey.COUNT);
    return cube.cells().containsKey(count) ? count : key.with(CellKey.MEASURE_POPULATION);
  }

  /** The denominator of the rate at that place, without exclusions and exceptions. */
  static long denominator(Cube cube, CellKey key) {
    long out = CellKey.TAKEN_OUT.stream().mapToLong(it -> cube.count(key.with(it)).orElse(0)).sum();
    return cube.count(key.with(CellKey.DENOMINATOR)).orElse(0) - out;
  }
}
