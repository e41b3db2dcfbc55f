package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The attacker against every world that there is, on cubes small enough to go through them. */
class AttackerTest {

  private static final int CEILING = 12;

  @Test
  void boundsAndHidingAreThoseOfEveryPossibleWorldOnSmallCubes() {
    IntStream.range(0, 40).forEach(seed -> compare(seed, 2, 2));
    IntStream.range(0, 2).forEach(seed -> compare(seed, 3, 2));
  }

  @Test
  @Tag("proof")
  void boundsAndHidingAreThoseOfEveryPossibleWorldOnManySmallCubes() {
    IntStream.range(0, 1000).forEach(seed -> compare(seed, 2, 2));
    IntStream.range(0, 60).forEach(seed -> compare(seed, 3, 2));
  }

  @Test
  void whatIsShownCarelesslyIsFoundOut() {
    Reported a = report("A", 30, 27);
    Reported b = report("B", 20, 10);
    Cube cube = cube(List.of(a, b));
    CellKey hidden = ExampleReleases.total("PROVB1", "A", "initial-population").in("kon", "kvinna");
    Programme programme = Relations.of(List.of(cube));
    int unknown = Objects.requireNonNull(programme.current().get(hidden));
    BitSet known = new BitSet();
    known.set(0, programme.size());
    known.clear(unknown);

    Attacker attacker =
        new Attacker(programme, Map.of(unknown, Need.of(3, DisclosurePolicy.DEFAULT)));

    assertThat(ExactBounds.of(unknown, programme, known)).isEqualTo(new ExactBounds(3, 3));
    assertThat(attacker.broken(known)).containsExactly(unknown);
  }

  private static Reported report(String unit, long patients, long men) {
    return Reported.of("PROVB1", unit, 2024)
        .count("total", "initial-population", patients)
        .stratum("kon", "man", "initial-population", men)
        .stratum("kon", "kvinna", "initial-population", patients - men);
  }

  private static Cube cube(List<Reported> units) {
    return new CubeReader()
        .read(
            units.stream().map(Reported::report).toList(),
            ExampleReleases.national(units),
            List.of());
  }

  private static void compare(int seed, int units, int strata) {
    List<Reported> reports = new RandomReports(seed, 7).counts(units, strata);
    Cube cube = cube(reports);
    try {
      compare(seed, cube, ExampleReleases.next(List.of(), reports));
    } catch (DisclosureRefusedException e) {
      Release nothing =
          Release.of(
              1, ExampleReleases.DATE, DisclosurePolicy.DEFAULT, cube, cube.counts().keySet());
      assertThat(ranges(cube, nothing).entrySet())
          .as("seed %d: withheld, though to hide everything would do", seed)
          .anyMatch(it -> !isMet(cube, it.getKey(), it.getValue()));
    }
  }

  private static void compare(int seed, Cube cube, Release release) {
    Programme programme = Relations.of(List.of(cube));
    BitSet known = new BitSet();
    programme.current().forEach((cell, unknown) -> known.set(unknown, release.shows(cell)));
    ranges(cube, release)
        .forEach(
            (cell, range) -> {
              String where = "seed " + seed + ", " + cell;
              assertThat(isMet(cube, cell, range))
                  .as("%s lies in %d..%d by every world", where, range[0], range[1])
                  .isTrue();
              int unknown = Objects.requireNonNull(programme.current().get(cell));
              ExactBounds bounds = ExactBounds.of(unknown, programme, known);
              assertThat(bounds.low()).as(where).isEqualTo(range[0]);
              if (range[1] < CEILING) {
                assertThat(bounds.high()).as(where).isEqualTo(range[1]);
              }
            });
  }

  private static boolean isMet(Cube cube, CellKey cell, long[] range) {
    long count = cube.count(cell).orElseThrow();
    return Need.of(count, DisclosurePolicy.DEFAULT).isMet(range[0], range[1]);
  }

  private static Map<CellKey, long[]> ranges(Cube cube, Release release) {
    boolean emptyListed =
        cube.counts().entrySet().stream()
            .filter(it -> !it.getKey().isWhole() && it.getKey().report().isNational())
            .anyMatch(it -> it.getValue() == 0);
    return BruteForce.ranges(release.published(), CEILING, emptyListed);
  }
}
