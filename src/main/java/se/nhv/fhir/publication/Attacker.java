package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tries to work out hidden counts from those that are known. For each count that must be left
 * uncertain it looks for two sets of counts that agree with all that is known and between which the
 * count differs as much as it must; each is checked in whole numbers before it is believed. So a
 * count is only called safe with a proof, whatever the solver makes of the programme. Not safe for
 * use by many threads at once.
 */
final class Attacker {

  private final Programme programme;
  private final Map<Integer, Need> needs;
  private final List<List<Constraint>> byUnknown;
  private final long ceiling;
  private final long[] low;
  private final long[] high;

  /**
   * An attacker of that programme.
   *
   * @param needs how uncertain each hidden count must be left
   */
  Attacker(Programme programme, Map<Integer, Need> needs) {
    this.programme = programme;
    this.needs = new TreeMap<>(needs);
    this.byUnknown = programme.byUnknown();
    int widest = needs.values().stream().mapToInt(Need::width).max().orElse(1);
    this.ceiling = programme.ceiling(widest);
    this.low = programme.values().clone();
    this.high = programme.values().clone();
  }

  /** Adds a count that must be left uncertain. */
  void require(int unknown, Need need) {
    needs.merge(unknown, need, Need::and);
  }

  /**
   * The counts that are not left as uncertain as they must be. What was proved safe with more
   * counts known is not tried again.
   *
   * @param known the unknowns whose counts are published; none of them is among the needs' ones
   */
  List<Integer> broken(BitSet known) {
    List<Integer> broken = new ArrayList<>();
    BitSet seen = new BitSet();
    for (int unknown : needs.keySet()) {
      if (!known.get(unknown) && !seen.get(unknown) && !isSafe(unknown)) {
        Component component = Component.of(unknown, programme, byUnknown, known, ceiling);
        component.unknowns().forEach(seen::set);
        broken.addAll(attack(component));
      }
    }
    return broken;
  }

  private boolean isSafe(int unknown) {
    Need need = needs.get(unknown);
    return need == null || need.isMet(low[unknown], high[unknown]);
  }

  /** Those that are broken; where arithmetic alone breaks some, the others are not yet tried. */
  private List<Integer> attack(Component component) {
    List<Integer> open = open(component);
    List<Integer> hopeless = new ArrayList<>(unsafe(component));
    hopeless.removeAll(open);
    if (!hopeless.isEmpty()) {
      return hopeless;
    }
    for (int sign : new int[] {1, -1}) {
      SortedMap<Integer, Integer> objective = new TreeMap<>();
      open.forEach(it -> objective.put(it, sign));
      component.solve(objective).ifPresent(this::learn);
    }
    for (int unknown : open) {
      for (int sign : new int[] {1, -1}) {
        if (!isSafe(unknown)) {
          component.solve(Map.of(unknown, sign)).ifPresent(this::learn);
        }
      }
    }
    return unsafe(component);
  }

  private List<Integer> unsafe(Component component) {
    return component.unknowns().stream().filter(it -> !isSafe(it)).toList();
  }

  /** Those that are not proved safe and for which there is hope. */
  private List<Integer> open(Component component) {
    return unsafe(component).stream()
        .filter(
            it -> needs.getOrDefault(it, Need.NONE).isMet(component.low(it), component.high(it)))
        .toList();
  }

  private void learn(Map<Integer, Long> solution) {
    solution.forEach(
        (unknown, value) -> {
          low[unknown] = Math.min(low[unknown], value);
          high[unknown] = Math.max(high[unknown], value);
        });
  }
}
