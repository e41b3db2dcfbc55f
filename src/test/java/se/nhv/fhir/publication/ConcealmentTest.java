package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.publication.CellState.HIDDEN;
import static se.nhv.fhir.publication.CellState.VALUE;
import static se.nhv.fhir.publication.ExampleReleases.next;
import static se.nhv.fhir.publication.ExampleReleases.state;
import static se.nhv.fhir.publication.ExampleReleases.total;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.MeasurementPeriod;

/** What must be hidden beside what the policy hides, in cases worked out by hand. */
class ConcealmentTest {

  private static final String IP = "initial-population";

  @Test
  void withTwoUnitsTheNationalFigureIsHiddenToo() {
    Release release = ExampleReleases.of(patients("A", 30), patients("B", 3));

    assertThat(state(release, total("PROVB1", "B", IP))).isEqualTo(HIDDEN);
    assertThat(state(release, total("PROVB1", "A", IP))).isEqualTo(VALUE);
    assertThat(state(release, total("PROVB1", "riket", IP))).isEqualTo(HIDDEN);
  }

  @Test
  void twoHiddenUnitsThatCanOnlyBeOneEachWayHideTheNationalFigureToo() {
    Release release = ExampleReleases.of(patients("A", 30), patients("B", 1), patients("C", 1));

    assertThat(state(release, total("PROVB1", "riket", IP)))
        .as("33 less 31 would leave 0, 1 or 2 each")
        .isEqualTo(HIDDEN);
  }

  @Test
  void theNationalFigureIsShownWhenHiddenUnitsLeaveRoomEnough() {
    Release release = ExampleReleases.of(patients("A", 30), patients("B", 3), patients("C", 3));

    assertThat(state(release, total("PROVB1", "riket", IP))).isEqualTo(VALUE);
  }

  @Test
  void aStratumThatTheTotalGivesAwayTakesAnotherWithIt() {
    Release release =
        ExampleReleases.of(
            patients("A", 30).stratum("kon", "man", IP, 27).stratum("kon", "kvinna", IP, 3));

    assertThat(state(release, total("PROVB1", "A", IP))).isEqualTo(VALUE);
    assertThat(state(release, total("PROVB1", "A", IP).in("kon", "kvinna"))).isEqualTo(HIDDEN);
    assertThat(state(release, total("PROVB1", "A", IP).in("kon", "man"))).isEqualTo(HIDDEN);
  }

  @Test
  void aCategoryThatTheTotalGivesAwayTakesAnotherWithIt() {
    Release release =
        ExampleReleases.of(
            patients("A", 30).count("binjure", IP, 20).count("ovrigt", IP, 7).count("chd", IP, 3));

    CellKey key = total("PROVB1", "A", IP);
    assertThat(state(release, key.inGroup("chd"))).isEqualTo(HIDDEN);
    assertThat(
            List.of(
                state(release, key),
                state(release, key.inGroup("binjure")),
                state(release, key.inGroup("ovrigt"))))
        .containsOnlyOnce(HIDDEN);
  }

  @Test
  void aPopulationThatAnotherMeasureCountsTooIsHiddenInBoth() {
    Release release =
        ExampleReleases.of(
            patients("A", 30),
            patients("B", 3),
            Reported.of("PROVR1", "A", 2024).proportion(30, 0, 20),
            Reported.of("PROVR1", "B", 2024).proportion(3, 0, 2));

    assertThat(state(release, total("PROVR1", "B", "denominator"))).isEqualTo(HIDDEN);
    assertThat(state(release, total("PROVR1", "riket", "denominator"))).isEqualTo(HIDDEN);
    assertThat(state(release, total("PROVB1", "riket", IP))).isEqualTo(HIDDEN);
  }

  @Test
  void aNationalMeanIsHiddenWhenOneUnitsMeanIs() {
    Release release =
        ExampleReleases.of(
            Reported.of("PROVT1", "A", 2024).values("total", 20, 10, 2),
            Reported.of("PROVT1", "B", 2024).values("total", 3, 40, 2),
            Reported.of("PROVT1", "C", 2024).values("total", 3, 41, 2));

    assertThat(state(release, total("PROVT1", "riket", "count"))).isEqualTo(VALUE);
    assertThat(state(release, total("PROVT1", "riket", "mean"))).isEqualTo(HIDDEN);
    assertThat(state(release, total("PROVT1", "A", "mean"))).isEqualTo(VALUE);
  }

  @Test
  void aCategoryThatTwoMeasuresThatCountHaveIsHiddenInBoth() {
    Release release =
        ExampleReleases.of(
            categories("1.0.0", 3, 17, 9),
            Reported.of("PROVB3", "A", 2024)
                .count("total", IP, 31)
                .count("binjure", IP, 5)
                .count("gep-net", IP, 17)
                .count("ovrigt", IP, 9));

    CellKey inFirst = total("PROVB1", "A", IP);
    CellKey inOther = total("PROVB3", "A", IP);
    for (String group : List.of("gep-net", "ovrigt")) {
      assertThat(state(release, inOther.inGroup(group)))
          .as(group)
          .isEqualTo(state(release, inFirst.inGroup(group)));
    }
    assertThat(List.of("total", "gep-net", "ovrigt"))
        .anyMatch(group -> state(release, inFirst.inGroup(group)) == HIDDEN);
  }

  @Test
  void aStratumIsNoLargerThanItsTotalWhereSomeAreInNoStratum() {
    Reported unit = patients("A", 6).stratum("kon", "man", IP, 4).stratum("kon", "kvinna", IP, 0);
    Programme programme =
        Relations.of(List.of(new CubeReader().read(List.of(unit.report()), List.of(), List.of())));

    assertThat(programme.constraints())
        .as("men and women, less all, are none or fewer")
        .anyMatch(it -> it.terms().size() == 3 && it.high() == 0 && !it.isEquation());
  }

  @Test
  void theSameReportsAgainMakeTheSameRelease() {
    Release first = ExampleReleases.of(patients("A", 30), patients("B", 3));
    Release second = next(List.of(first), List.of(patients("A", 30), patients("B", 3)));

    assertThat(second.published().rows()).isEqualTo(first.published().rows());
    assertThat(second.number()).isEqualTo(2);
  }

  @Test
  void fullListsOfStrataKeepSmallTotalsFromBeingCounted() {
    Reported unit = patients("A", 3).stratum("kon", "man", IP, 2).stratum("kon", "kvinna", IP, 1);
    Publication listing =
        new Publication(DisclosurePolicy.DEFAULT, Map.of("kon", Set.of("man", "kvinna", "okant")));

    Release release = ExampleReleases.next(listing, List.of(), List.of(unit));

    assertThat(state(release, total("PROVB1", "A", IP))).isEqualTo(HIDDEN);
    assertThatThrownBy(() -> ExampleReleases.of(unit))
        .as("two sexes listed tell of at least two patients")
        .isInstanceOf(DisclosureRefusedException.class)
        .hasMessageContaining("some values of a stratum only")
        .hasMessageNotContaining("earlier");
  }

  @Test
  void yearsPooledAreShownWhereEachIsHidden() {
    List<Reported> units =
        List.of(
            patients("A", 3),
            patients("B", 2),
            Reported.of("PROVB1", "A", 2023).count("total", IP, 2),
            Reported.of("PROVB1", "B", 2023).count("total", IP, 4));
    Reported pooled =
        Reported.sum(
            units, new MeasurementPeriod(LocalDate.of(2023, 1, 1), LocalDate.of(2024, 12, 31)));

    Release release =
        ExampleReleases.PUBLICATION.release(
            units.stream().map(Reported::report).toList(),
            List.of(pooled.report()),
            List.of(),
            ExampleReleases.DATE,
            List.of());

    CellKey cell = total("PROVB1", "riket", IP).of(pooled.key());
    assertThat(release.published().rows())
        .filteredOn(row -> row.state() == VALUE)
        .extracting(PublishedDataSet.Row::cell)
        .containsExactly(cell);
  }

  @Test
  void aReleaseThatNothingCanMendIsWithheld() {
    Release carelessly = shown(patients("A", 30), patients("B", 20));
    Reported three = patients("C", 3);
    Release withC = hiding(three.key(), patients("A", 30), patients("B", 20), three);

    assertThatThrownBy(
            () ->
                next(
                    List.of(carelessly, withC),
                    List.of(patients("A", 30), patients("B", 20), three)))
        .isInstanceOf(DisclosureRefusedException.class)
        .hasMessageContaining("initial-population in total of PROVB1-1.0.0 of C")
        .hasMessageContaining("return the revised reports")
        .hasMessageNotContaining("Pool");
  }

  /** As if no policy had been applied. */
  private static Release shown(Reported... units) {
    return hiding(Reported.key("PROVB1", "nobody", 2024), units);
  }

  /** As if only the report of one unit had been hidden. */
  private static Release hiding(ReportKey hidden, Reported... units) {
    List<Reported> all = List.of(units);
    Cube cube =
        new CubeReader()
            .read(
                all.stream().map(Reported::report).toList(),
                ExampleReleases.national(all),
                List.of());
    return Release.of(
        1, ExampleReleases.DATE, DisclosurePolicy.DEFAULT, cube, cube.cellsOf(hidden).keySet());
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
