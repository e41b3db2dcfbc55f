package se.nhv.fhir.evaluation;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A collection of observed values, kept as each distinct value with its number, so that its size
 * depends on how many values differ and not on how many there are. Sums are exact; two collections
 * merge to the same whatever the order. Not safe for many threads.
 */
public final class Values {

  /** Enough digits for a double, and few enough to be equal on every machine. */
  private static final MathContext PRECISION = new MathContext(16, RoundingMode.HALF_EVEN);

  private final TreeMap<BigDecimal, Long> numbers = new TreeMap<>();
  private long count;

  /** Adds a value. */
  public void add(BigDecimal value) {
    add(value, 1);
  }

  /** Adds all values of another collection. */
  public void merge(Values other) {
    other.numbers.forEach(this::add);
  }

  private void add(BigDecimal value, long number) {
    numbers.merge(value, number, Long::sum);
    count += number;
  }

  /** How many values there are (N). */
  public long count() {
    return count;
  }

  /** The arithmetic mean; empty when there is no value. */
  public Optional<BigDecimal> mean() {
    return count == 0
        ? Optional.empty()
        : Optional.of(sum().divide(BigDecimal.valueOf(count), PRECISION));
  }

  /** The sample standard deviation (n − 1); empty when there are fewer than two values. */
  public Optional<BigDecimal> standardDeviation() {
    if (count < 2) {
      return Optional.empty();
    }
    BigDecimal n = BigDecimal.valueOf(count);
    BigDecimal sum = sum();
    BigDecimal squares = BigDecimal.ZERO;
    for (Map.Entry<BigDecimal, Long> e : numbers.entrySet()) {
      squares = squares.add(e.getKey().pow(2).multiply(BigDecimal.valueOf(e.getValue())));
    }
    BigDecimal numerator = n.multiply(squares).subtract(sum.pow(2));
    BigDecimal variance =
        numerator.divide(n.multiply(n.subtract(BigDecimal.ONE)), MathContext.DECIMAL128);
    return Optional.of(variance.sqrt(MathContext.DECIMAL128).round(PRECISION));
  }

  /**
   * A percentile by linear interpolation between the closest ranks (Hyndman and Fan 1996, type 7);
   * empty when there is no value.
   *
   * @param percent from 0 to 100
   */
  public Optional<BigDecimal> percentile(int percent) {
    if (count == 0) {
      return Optional.empty();
    }
    BigDecimal rank = BigDecimal.valueOf(count - 1).multiply(BigDecimal.valueOf(percent, 2));
    long below = rank.longValue();
    BigDecimal fraction = rank.subtract(BigDecimal.valueOf(below));
    BigDecimal low = atRank(below);
    BigDecimal step = fraction.signum() == 0 ? BigDecimal.ZERO : atRank(below + 1).subtract(low);
    return Optional.of(low.add(step.multiply(fraction)).round(PRECISION));
  }

  private BigDecimal sum() {
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<BigDecimal, Long> e : numbers.entrySet()) {
      sum = sum.add(e.getKey().multiply(BigDecimal.valueOf(e.getValue())));
    }
    return sum;
  }

  /** The value at that place in order, from 0. */
  private BigDecimal atRank(long rank) {
    long seen = 0;
    for (Map.Entry<BigDecimal, Long> e : numbers.entrySet()) {
      seen += e.getValue();
      if (rank < seen) {
        return e.getKey();
      }
    }
    throw new IllegalArgumentException("rank " + rank + " of " + count + " values");
  }
}
