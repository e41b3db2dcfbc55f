package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChanceTest {

  private final Chance chance = Chance.of(1, "SE0000000000-NET1", 1);

  @Test
  void theFirstChoicesOfASeedAreFixedForAllTime() {
    assertThat(IntStream.range(0, 8).map(i -> chance.between(1, 100)).boxed().toList())
        .isEqualTo(FIRST);
  }

  @Test
  void choicesReachBothEndsAndNoFurther() {
    List<Integer> throwsOfADie =
        IntStream.range(0, 1_000).map(i -> chance.between(1, 6)).boxed().toList();
    assertThat(throwsOfADie).containsOnly(1, 2, 3, 4, 5, 6).contains(1, 6);
  }

  @Test
  void theMedianOfDaysIsTheOneAskedFor() {
    List<Integer> days =
        IntStream.range(0, 10_001)
            .map(i -> chance.daysAround(6, 0.5, 1, 90))
            .sorted()
            .boxed()
            .toList();
    assertThat(days.get(5_000)).isEqualTo(6);
    assertThat(days.get(0)).isGreaterThanOrEqualTo(1);
    assertThat(days.get(10_000)).isBetween(20, 90);
  }

  @Test
  void someMomentsAreWithinAnHourOfMidnight() {
    LocalDate day = LocalDate.of(2024, 2, 29);
    assertThat(IntStream.range(0, 1_000).mapToObj(i -> chance.momentOf(day)))
        .allSatisfy(moment -> assertThat(moment.toLocalDate()).isEqualTo(day))
        .anySatisfy(moment -> assertThat(moment.getHour()).isEqualTo(0))
        .anySatisfy(moment -> assertThat(moment.getHour()).isEqualTo(23));
  }

  @Test
  void neighbouringPatientsHaveNothingInCommon() {
    long same =
        IntStream.range(0, 1_000)
            .filter(
                n ->
                    Chance.of(1, "U", n).between(1, 1_000)
                        == Chance.of(1, "U", n + 1).between(1, 1_000))
            .count();
    assertThat(same).isLessThan(10);
  }

  private static final List<Integer> FIRST = List.of(77, 40, 87, 44, 86, 34, 4, 87);
}
