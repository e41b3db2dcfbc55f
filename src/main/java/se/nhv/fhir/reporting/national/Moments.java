package se.nhv.fhir.reporting.national;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Number, mean and sum of squared deviations of values, from which those of several sets follow
 * exactly: m = Σnᵢmᵢ/Σnᵢ and s² = [Σ(nᵢ−1)sᵢ² + Σnᵢ(mᵢ−m)²]/(Σnᵢ−1). With 34 digits, so that a
 * large mean beside a small deviation loses nothing.
 *
 * @param count how many values there are
 * @param mean their mean; zero where there are none
 * @param squares the sum of their squared deviations from the mean; zero for fewer than two
 */
record Moments(long count, BigDecimal mean, BigDecimal squares) {

  private static final MathContext EXACT = MathContext.DECIMAL128;

  static final Moments NONE = new Moments(0, BigDecimal.ZERO, BigDecimal.ZERO);

  /**
   * From what a report says.
   *
   * @param mean null where the count is zero
   * @param deviation the sample standard deviation (n − 1); null where the count is less than two
   */
  static Moments of(long count, @Nullable BigDecimal mean, @Nullable BigDecimal deviation) {
    BigDecimal squares =
        deviation == null
            ? BigDecimal.ZERO
            : deviation.pow(2).multiply(BigDecimal.valueOf(count - 1));
    return new Moments(count, mean == null ? BigDecimal.ZERO : mean, squares);
  }

  /** The moments of all values together. */
  static Moments pooled(List<Moments> parts) {
    long count = 0;
    BigDecimal sum = BigDecimal.ZERO;
    for (Moments part : parts) {
      count += part.count;
      sum = sum.add(part.mean.multiply(BigDecimal.valueOf(part.count)));
    }
    if (count == 0) {
      return NONE;
    }
    BigDecimal mean = sum.divide(BigDecimal.valueOf(count), EXACT);
    BigDecimal squares = BigDecimal.ZERO;
    for (Moments part : parts) {
      BigDecimal between = part.mean.subtract(mean).pow(2);
      squares = squares.add(part.squares).add(between.multiply(BigDecimal.valueOf(part.count)));
    }
    return new Moments(count, mean, squares);
  }

  /** The mean, if there is a value. */
  Optional<BigDecimal> average() {
    return count == 0 ? Optional.empty() : Optional.of(mean);
  }

  /** The sample standard deviation (n − 1), if there are two values or more. */
  Optional<BigDecimal> deviation() {
    return count < 2
        ? Optional.empty()
        : Optional.of(squares.divide(BigDecimal.valueOf(count - 1), EXACT).sqrt(EXACT));
  }
}
