package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.publication.ExampleReleases.state;
import static se.nhv.fhir.publication.ExampleReleases.total;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default policy on the figures of units that stand alone, worked out by hand. */
class DisclosurePolicyTest {

  @ParameterizedTest(name = "a count of {0} is {1}")
  @CsvSource({"0,ZERO", "1,HIDDEN", "2,HIDDEN", "3,HIDDEN", "4,HIDDEN", "5,VALUE", "60,VALUE"})
  void countsFromOneToFourAreHidden(long count, CellState expected) {
    Release release =
        alone(Reported.of("PROVB1", "A", 2024).count("total", "initial-population", count));

    assertThat(state(release, total("PROVB1", "A", "initial-population"))).isEqualTo(expected);
  }

  @ParameterizedTest(name = "of {0}, without {1}, {2}: denominator {3}, numerator {4}, rate {5}")
  @CsvSource({
    "10,0,6,VALUE,VALUE,VALUE",
    "10,0,0,VALUE,ZERO,ZERO",
    "10,0,3,VALUE,HIDDEN,HIDDEN",
    "9,0,6,VALUE,HIDDEN,HIDDEN",
    "9,0,0,VALUE,HIDDEN,HIDDEN",
    "15,6,6,VALUE,HIDDEN,HIDDEN",
    "16,6,6,VALUE,VALUE,VALUE",
    "20,3,9,VALUE,VALUE,HIDDEN",
    "4,0,4,HIDDEN,HIDDEN,HIDDEN",
    "0,0,0,ZERO,ZERO,NO_DATA"
  })
  void aRateIsShownOnTenOrMoreAndNotIfItGivesAHiddenCountAway(
      long denominator,
      long excluded,
      long counted,
      CellState ofDenominator,
      CellState ofNumerator,
      CellState ofRate) {
    Release release =
        alone(Reported.of("PROVR1", "A", 2024).proportion(denominator, excluded, counted));

    assertThat(state(release, total("PROVR1", "A", "denominator"))).isEqualTo(ofDenominator);
    assertThat(state(release, total("PROVR1", "A", "numerator"))).isEqualTo(ofNumerator);
    assertThat(state(release, total("PROVR1", "A", "score"))).isEqualTo(ofRate);
  }

  @ParameterizedTest(name = "of {0} values: mean and deviation {1}, median {2}")
  @CsvSource({
    "0,NO_DATA,NO_DATA",
    "1,HIDDEN,HIDDEN",
    "4,HIDDEN,HIDDEN",
    "5,VALUE,HIDDEN",
    "9,VALUE,HIDDEN",
    "10,VALUE,VALUE"
  })
  void meansAreShownFromFiveValuesAndPercentilesFromTen(
      long number, CellState ofMoments, CellState ofMedian) {
    Release release = alone(Reported.of("PROVT1", "A", 2024).values("total", number, 12.5, 3.25));

    assertThat(state(release, total("PROVT1", "A", "mean"))).isEqualTo(ofMoments);
    assertThat(state(release, total("PROVT1", "A", "standard-deviation"))).isEqualTo(ofMoments);
    assertThat(state(release, total("PROVT1", "A", "median"))).isEqualTo(ofMedian);
  }

  @Test
  void theReleaseNamesTheVersionOfItsPolicy() {
    Release release =
        alone(Reported.of("PROVB1", "A", 2024).count("total", "initial-population", 9));

    assertThat(release.published().policyVersion()).isEqualTo("1.0.0");
  }

  @Test
  void aPolicyWithoutLimitsIsRefused() {
    assertThatThrownBy(() -> new DisclosurePolicy("0", 0, 10, 10, 5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  private static Release alone(Reported unit) {
    return ExampleReleases.PUBLICATION.release(
        List.of(unit.report()), List.of(), List.of(), ExampleReleases.DATE, List.of());
  }
}
