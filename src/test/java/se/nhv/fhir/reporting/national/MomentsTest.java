package se.nhv.fhir.reporting.national;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Mean and deviation of all patients, from those of the units. */
class MomentsTest {

  private static final BigDecimal NEAR = new BigDecimal("1e-9");
  private static final MathContext EXACT = new MathContext(40);

  @Property(tries = 1000)
  void pooled_moments_are_those_of_all_patients(
      @ForAll @Size(max = 7) List<@Size(max = 12) List<@IntRange(max = 5000) Integer>> units,
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long offset) {
    comparePooled(units, offset, MathContext.DECIMAL128);
  }

  @Tag("proof")
  @Property(tries = 100_000)
  void pooled_moments_are_those_of_all_patients_in_many_more_cases(
      @ForAll @Size(max = 12) List<@Size(max = 60) List<@IntRange(max = 50_000) Integer>> units,
      @ForAll @LongRange(min = -1_000_000_000_000L, max = 1_000_000_000_000L) long offset) {
    comparePooled(units, offset, MathContext.DECIMAL128);
  }

  /** As reports are written, with 16 digits. */
  @Property(tries = 1000)
  void so_they_are_from_figures_as_reports_have_them(
      @ForAll @Size(max = 7) List<@Size(max = 12) List<@IntRange(max = 5000) Integer>> units,
      @ForAll @LongRange(min = 0, max = 40_000) long offset) {
    comparePooled(units, offset, new MathContext(16));
  }

  private static void comparePooled(List<List<Integer>> units, long offset, MathContext precision) {
    List<Moments> parts =
        units.stream()
            .map(unit -> unit.stream().map(v -> value(v, offset)).toList())
            .map(
                values ->
                    Moments.of(
                        values.size(),
                        mean(values).map(m -> m.round(precision)).orElse(null),
                        deviation(values).map(s -> s.round(precision)).orElse(null)))
            .toList();
    List<BigDecimal> patients =
        units.stream().flatMap(List::stream).map(v -> value(v, offset)).toList();
    Moments pooled = Moments.pooled(parts);
    assertThat(pooled.count()).isEqualTo(patients.size());
    requireNear(pooled.average(), mean(patients));
    requireNear(pooled.deviation(), deviation(patients));
  }

  private static void requireNear(Optional<BigDecimal> actual, Optional<BigDecimal> expected) {
    assertThat(actual.isPresent()).isEqualTo(expected.isPresent());
    if (actual.isPresent()) {
      assertThat(actual.get()).isCloseTo(expected.orElseThrow(), within(NEAR));
    }
  }

  /** To a tenth, such as a concentration. */
  private static BigDecimal value(int tenths, long offset) {
    return BigDecimal.valueOf(offset).add(BigDecimal.valueOf(tenths, 1));
  }

  private static Optional<BigDecimal> mean(List<BigDecimal> values) {
    return values.isEmpty()
        ? Optional.empty()
        : Optional.of(
            values.stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add)
                .divide(BigDecimal.valueOf(values.size()), EXACT));
  }

  /** By integers: n(n−1)s² is half the sum of the squares of all differences of two. */
  private static Optional<BigDecimal> deviation(List<BigDecimal> values) {
    int n = values.size();
    if (n < 2) {
      return Optional.empty();
    }
    List<BigInteger> tenths =
        values.stream().map(v -> v.movePointRight(1).toBigIntegerExact()).toList();
    BigInteger sum =
        IntStream.range(0, n)
            .boxed()
            .flatMap(
                i -> IntStream.range(0, i).mapToObj(j -> tenths.get(i).subtract(tenths.get(j))))
            .map(difference -> difference.pow(2))
            .reduce(BigInteger.ZERO, BigInteger::add);
    BigDecimal hundredths =
        new BigDecimal(sum).divide(BigDecimal.valueOf((long) n * (n - 1)), EXACT);
    return Optional.of(hundredths.movePointLeft(2).sqrt(EXACT));
  }
}
