package se.nhv.fhir.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Statistics against values worked out by hand. */
class ValuesTest {

  private static Values of(String... numbers) {
    Values values = new Values();
    for (String number : numbers) {
      values.add(new BigDecimal(number));
    }
    return values;
  }

  private static double number(Optional<BigDecimal> value) {
    return value.orElseThrow().doubleValue();
  }

  @Test
  void nothingHasNeitherMeanNorDeviationNorPercentiles() {
    Values none = of();
    assertThat(none.count()).isZero();
    assertThat(none.mean()).isEmpty();
    assertThat(none.standardDeviation()).isEmpty();
    assertThat(none.percentile(50)).isEmpty();
  }

  @Test
  void oneValueIsItsOwnMeanAndPercentilesAndHasNoDeviation() {
    Values one = of("7");
    assertThat(one.mean()).contains(new BigDecimal("7"));
    assertThat(one.standardDeviation()).isEmpty();
    assertThat(number(one.percentile(10))).isEqualTo(7);
    assertThat(number(one.percentile(90))).isEqualTo(7);
  }

  /** 2, 4, 4, 4, 5, 5, 7, 9: mean 40/8 = 5, squares of the deviations 32, SD √(32/7). */
  @Test
  void deviationIsThatOfASample() {
    Values values = of("2", "4", "4", "4", "5", "5", "7", "9");
    assertThat(number(values.mean())).isEqualTo(5);
    assertThat(number(values.standardDeviation())).isCloseTo(Math.sqrt(32 / 7.0), within(1e-14));
  }

  /**
   * Type 7 on 1, 2, 4, 8, 16: rank (5 − 1) × 0.1 = 0.4, so 1 + 0.4 × (2 − 1); rank 3.6, 8 + 0.6 ×
   * 8.
   */
  @Test
  void percentilesInterpolateBetweenTheClosestRanks() {
    Values values = of("16", "1", "4", "8", "2");
    assertThat(number(values.percentile(10))).isCloseTo(1.4, within(1e-14));
    assertThat(number(values.percentile(50))).isEqualTo(4);
    assertThat(number(values.percentile(90))).isCloseTo(12.8, within(1e-14));
  }

  @Test
  void equalValuesDeviateByNothing() {
    assertThat(number(of("6", "6", "6").standardDeviation())).isZero();
  }

  /** A naive sum of squares in doubles loses these deviations entirely: SD of a, a+1, a+2 is 1. */
  @Test
  void largeValuesLoseNoDigits() {
    Values values = of("1000000000000", "1000000000001", "1000000000002");
    assertThat(number(values.standardDeviation())).isEqualTo(1);
  }

  @Test
  void partsMergeToTheWholeInAnyOrder() {
    Values left = of("3", "9", "1");
    left.merge(of("9", "2"));
    Values right = of("2", "9");
    right.merge(of("1", "3", "9"));
    Values whole = of("1", "2", "3", "9", "9");
    for (Values merged : new Values[] {left, right}) {
      assertThat(merged.count()).isEqualTo(5);
      assertThat(merged.mean()).isEqualTo(whole.mean());
      assertThat(merged.standardDeviation()).isEqualTo(whole.standardDeviation());
      assertThat(merged.percentile(90)).isEqualTo(whole.percentile(90));
    }
  }
}
