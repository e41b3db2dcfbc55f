package se.nhv.fhir.publication;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A linear constraint on unknown counts.
 *
 * @param terms the coefficient of each unknown, by its number
 * @param low the least that the sum of the terms can be
 * @param high the most that it can be
 */
record Constraint(SortedMap<Integer, Integer> terms, long low, long high) {

  /** Stands for no limit; far above any count of patients. */
  static final long UNLIMITED = 1L << 40;

  Constraint {
    terms = Collections.unmodifiableSortedMap(new TreeMap<>(terms));
  }

  /** The sum of the terms for these values. */
  long sum(long[] values) {
    long sum = 0;
    for (var term : terms.entrySet()) {
      sum += term.getValue() * values[term.getKey()];
    }
    return sum;
  }

  /** Whether it holds for these values. */
  boolean holds(long[] values) {
    long sum = sum(values);
    return low <= sum && sum <= high;
  }

  boolean isEquation() {
    return low == high;
  }
}
