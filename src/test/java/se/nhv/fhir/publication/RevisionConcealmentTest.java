package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.publication.CellState.HIDDEN;
import static se.nhv.fhir.publication.CellState.VALUE;
import static se.nhv.fhir.publication.ExampleReleases.next;
import static se.nhv.fhir.publication.ExampleReleases.state;
import static se.nhv.fhir.publication.ExampleReleases.total;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What two releases together would give away, in cases worked out by hand. */
class RevisionConcealmentTest {

  private static final String IP = "initial-population";

  @Test
  void aRateOnFewThatARevisionMakesOfAShownNumeratorCannotBeWorkedOut() {
    Release first = ExampleReleases.of(rate("A", 12, 6), rate("B", 40, 20));
    assertThat(state(first, total("PROVR1", "A", "numerator"))).isEqualTo(VALUE);

    Release second = next(List.of(first), List.of(rate("A", 9, 6), rate("B", 40, 20)));

    assertThat(state(second, total("PROVR1", "A", "score"))).isEqualTo(HIDDEN);
    assertThat(state(second, total("PROVR1", "A", "numerator"))).isEqualTo(VALUE);
    assertThat(state(second, total("PROVR1", "A", "denominator")))
        .as("6 is known of release 1, and 6 of 9 is the rate")
        .isEqualTo(HIDDEN);
    assertThat(state(second, total("PROVR1", "riket", "denominator"))).isEqualTo(HIDDEN);
  }

  @Test
  void aRateOnFewIsNotGivenAwayByALaterReleaseInWhichItIsOnMore() {
    Release first = ExampleReleases.of(rate("A", 9, 6), rate("B", 40, 20));
    assertThat(state(first, total("PROVR1", "A", "denominator"))).isEqualTo(VALUE);
    assertThat(state(first, total("PROVR1", "A", "numerator"))).isEqualTo(HIDDEN);

    Release second = next(List.of(first), List.of(rate("A", 12, 6), rate("B", 40, 20)));

    assertThat(state(second, total("PROVR1", "A", "denominator"))).isEqualTo(VALUE);
    assertThat(state(second, total("PROVR1", "A", "numerator")))
        .as("6 that was not revised, of 9 before, is the rate that was hidden")
        .isEqualTo(HIDDEN);
  }

  @Test
  void aRateOnFewOfWhichEarlierReleasesShowBothCountsIsWithheld() {
    Release first = ExampleReleases.of(rate("A", 12, 6));
    Release second = next(List.of(first), List.of(rate("A", 9, 7)));
    assertThat(state(second, total("PROVR1", "A", "denominator"))).isEqualTo(VALUE);

    assertThatThrownBy(() -> next(List.of(first, second), List.of(rate("A", 9, 6))))
        .isInstanceOf(DisclosureRefusedException.class)
        .hasMessageContaining("denominator in total of PROVR1-1.0.0 of A")
        .hasMessageContaining("numerator in total of PROVR1-1.0.0 of A");
  }

  /** SCT B1 and SCT Ö1 count the same patients; B has handed in the first only. */
  @Test
  void aPopulationOfTwoMeasuresIsTheSameWhereAUnitHasReportedOneOfThem() {
    Release first = ExampleReleases.of(sexes("A", 6, 17), rate("A", 23, 12));
    assertThat(state(first, total("PROVB1", "A", IP).in("kon", "kvinna"))).isEqualTo(VALUE);

    Release second =
        next(List.of(first), List.of(sexes("A", 3, 17), sexes("B", 20, 10), rate("A", 20, 12)));

    assertThat(state(second, total("PROVB1", "A", IP))).isEqualTo(HIDDEN);
    assertThat(state(second, total("PROVR1", "A", "denominator")))
        .as("20 less the 17 women of before tells of 3 men")
        .isEqualTo(HIDDEN);
  }

  @Test
  void aPopulationOfTwoMeasuresStaysTheSameWhereAnotherUnitHasRevisedOneOfThem() {
    Release first =
        ExampleReleases.of(
            sexes("A", 20, 20), rate("A", 40, 20), sexes("B", 6, 17), rate("B", 23, 12));

    Release second =
        next(
            List.of(first),
            List.of(sexes("A", 21, 20), rate("A", 40, 20), sexes("B", 3, 17), rate("B", 20, 12)));

    assertThat(state(second, total("PROVB1", "B", IP))).isEqualTo(HIDDEN);
    assertThat(state(second, total("PROVR1", "B", "denominator"))).isEqualTo(HIDDEN);
  }

  @Test
  void aNewVersionOfAMeasureDoesNotGiveAwayWhatTheFormerHid() {
    Release first = ExampleReleases.of(categories("1.0.0", 3, 17, 9));
    CellKey total = categories("1.0.0", 3, 17, 9).total(IP);
    assertThat(state(first, total.inGroup("gep-net"))).isEqualTo(VALUE);
    assertThat(state(first, total.inGroup("ovrigt"))).isEqualTo(HIDDEN);

    Release second = next(List.of(first), List.of(categories("1.1.0", 6, 17, 9)));

    CellKey inNew = categories("1.1.0", 6, 17, 9).total(IP);
    assertThat(state(second, inNew.inGroup("ovrigt")))
        .as("29 before less 17 and 9 tells of 3 then")
        .isEqualTo(HIDDEN);
  }

  @Test
  void aRevisionDoesNotGiveAwayWhatAnEarlierReleaseHid() {
    Release first =
        ExampleReleases.of(
            patients("A", 20).stratum("kon", "man", IP, 17).stratum("kon", "kvinna", IP, 3));
    Release second =
        next(
            List.of(first),
            List.of(
                patients("A", 22).stratum("kon", "man", IP, 17).stratum("kon", "kvinna", IP, 5)));

    assertThat(state(second, total("PROVB1", "A", IP))).isEqualTo(VALUE);
    assertThat(state(second, total("PROVB1", "A", IP).in("kon", "man")))
        .as("17 men of 20 before tell of 3 women then")
        .isEqualTo(HIDDEN);
    assertThat(state(second, total("PROVB1", "A", IP).in("kon", "kvinna")))
        .as("22 less 5 is 17 men, and 17 of 20 before tell of 3 women then")
        .isEqualTo(HIDDEN);
  }

  @Test
  void aUnitThatComesLaterDoesNotShowInTheDifferenceBetweenReleases() {
    Release first = ExampleReleases.of(patients("A", 30), patients("B", 20));
    Release second =
        next(List.of(first), List.of(patients("A", 30), patients("B", 20), patients("C", 3)));

    assertThat(state(first, total("PROVB1", "riket", IP))).isEqualTo(VALUE);
    assertThat(state(second, total("PROVB1", "riket", IP)))
        .as("53 after 50 would tell that C has 3")
        .isEqualTo(HIDDEN);
  }

  private static Reported rate(String unit, long denominator, long counted) {
    return Reported.of("PROVR1", unit, 2024).proportion(denominator, 0, counted);
  }

  private static Reported sexes(String unit, long men, long women) {
    return patients(unit, men + women)
        .stratum("kon", "man", IP, men)
        .stratum("kon", "kvinna", IP, women);
  }

  private static Reported patients(String unit, long count) {
    return Reported.of("PROVB1", unit, 2024).count("total", IP, count);
  }

  private static Reported categories(String version, long binjure, long gepNet, long other) {
    return Reported.of("PROVB1", version, "A", 2024)
        .count("total", IP, binjure + gepNet + other)
        .count("gep-net", IP, gepNet)
        .count("binjure", IP, binjure)
        .count("ovrigt", IP, other);
  }
}
