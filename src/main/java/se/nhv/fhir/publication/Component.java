package se.nhv.fhir.publication;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Unknowns that hang together, and nothing else does with them, once the known counts are put in.
 */
final class Component {

  private static final int ROUNDS = 200;

  private final List<Integer> unknowns;
  private final List<Constraint> constraints;
  private final Map<Integer, Long> low = new HashMap<>();
  private final Map<Integer, Long> high = new HashMap<>();

  private Component(List<Integer> unknowns, List<Constraint> constraints, long ceiling) {
    this.unknowns = unknowns;
    this.constraints = constraints;
    for (int unknown : unknowns) {
      low.put(unknown, 0L);
      high.put(unknown, ceiling);
    }
    boolean narrower = true;
    for (int round = 0; narrower && round < ROUNDS; round++) {
      narrower = false;
      for (Constraint constraint : constraints) {
        narrower |= narrow(constraint);
      }
    }
  }

  /** The component in which that unknown is. */
  static Component of(
      int start,
      Programme programme,
      List<List<Constraint>> byUnknown,
      BitSet known,
      long ceiling) {
    Set<Integer> unknowns = new LinkedHashSet<>(List.of(start));
    Set<Constraint> constraints = new LinkedHashSet<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(start));
    while (!open.isEmpty()) {
      for (Constraint constraint : byUnknown.get(open.pop())) {
        if (constraints.add(constraint)) {
          for (int other : constraint.terms().keySet()) {
            if (!known.get(other) && unknowns.add(other)) {
              open.push(other);
            }
          }
        }
      }
    }
    List<Constraint> reduced = new ArrayList<>();
    constraints.forEach(it -> reduced.add(reduced(it, known, programme.values())));
    return new Component(List.copyOf(unknowns), reduced, ceiling);
  }

  private static Constraint reduced(Constraint constraint, BitSet known, long[] values) {
    SortedMap<Integer, Integer> terms = new TreeMap<>();
    long sum = 0;
    for (var term : constraint.terms().entrySet()) {
      if (known.get(term.getKey())) {
        sum += term.getValue() * values[term.getKey()];
      } else {
        terms.put(term.getKey(), term.getValue());
      }
    }
    return new Constraint(terms, constraint.low() - sum, constraint.high() - sum);
  }

  List<Integer> unknowns() {
    return unknowns;
  }

  /** No solution has less there. */
  long low(int unknown) {
    return Objects.requireNonNull(low.get(unknown));
  }

  /** No solution has more there. */
  long high(int unknown) {
    return Objects.requireNonNull(high.get(unknown));
  }

  /**
   * A solution in whole numbers that makes the objective as large as can be; empty if none was
   * found that holds.
   */
  Optional<Map<Integer, Long>> solve(Map<Integer, Integer> objective) {
    return objective.isEmpty()
        ? Optional.empty()
        : new IntegerSearch(unknowns, constraints, low, high).maximise(objective);
  }

  /** Narrows the bounds of each unknown in the constraint by those of the others. */
  private boolean narrow(Constraint constraint) {
    long least = 0;
    long most = 0;
    for (var term : constraint.terms().entrySet()) {
      long c = term.getValue();
      least += c * (c > 0 ? low(term.getKey()) : high(term.getKey()));
      most += c * (c > 0 ? high(term.getKey()) : low(term.getKey()));
    }
    for (var term : constraint.terms().entrySet()) {
      int unknown = term.getKey();
      long c = term.getValue();
      long l = low(unknown);
      long h = high(unknown);
      long othersLeast = least - c * (c > 0 ? l : h);
      long othersMost = most - c * (c > 0 ? h : l);
      long a = constraint.low() - othersMost;
      long b = constraint.high() - othersLeast;
      long newLow = Math.max(l, c > 0 ? -Math.floorDiv(-a, c) : -Math.floorDiv(b, -c));
      long newHigh = Math.min(h, c > 0 ? Math.floorDiv(b, c) : Math.floorDiv(-a, -c));
      if (newLow > l || newHigh < h) {
        low.put(unknown, newLow);
        high.put(unknown, newHigh);
        return true;
      }
    }
    return false;
  }
}
