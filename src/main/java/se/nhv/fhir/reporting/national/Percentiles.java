package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * The percentiles of values, which cannot be pooled.
 *
 * @param values in the order of {@link #NAMES}, each empty where there is none
 */
record Percentiles(List<Optional<BigDecimal>> values) {

  static final List<String> NAMES = List.of("p10", "median", "p90");
  static final Percentiles NONE =
      new Percentiles(List.of(Optional.empty(), Optional.empty(), Optional.empty()));

  /** How many of them there are. */
  long count() {
    return values.stream().filter(Optional::isPresent).count();
  }

  /** Whether none of those that there are is less than one before it. */
  boolean areInOrder() {
    List<BigDecimal> given = values.stream().flatMap(Optional::stream).toList();
    return given.equals(given.stream().sorted().toList());
  }
}
