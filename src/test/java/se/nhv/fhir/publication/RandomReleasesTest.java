package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Random cubes over one to three releases, with revisions, each kept and read back before the next
 * is audited against it: after the last, each hidden count of each release is attacked anew from
 * all that was published, in every tenth cube by bounding each count exactly, one by one, and each
 * hidden rate is looked for among the counts that are known.
 */
class RandomReleasesTest {

  private static final Publication PUBLICATION =
      new Publication(
          DisclosurePolicy.DEFAULT,
          Map.of(
              "hemregion", Set.of("00", "01", "02", "03", "04"),
              "kon", Set.of("kvinna", "man", "okant")));
  private static final int LARGEST = 12;
  private static final int EXACTLY_EVERY = 10;

  @Test
  void noHiddenCountIsBoundedMoreNarrowlyThanThePolicyAllows() {
    prove(200);
  }

  @Test
  @Tag("proof")
  void noHiddenCountOfTenThousandCubesIsBoundedMoreNarrowlyThanThePolicyAllows() {
    prove(10_000);
  }

  private static void prove(int cubes) {
    double shown = 0;
    int withheld = 0;
    for (int seed = 0; seed < cubes; seed++) {
      List<List<Reported>> reports = new RandomReports(seed, LARGEST).releases(1 + seed % 3);
      List<Release> releases = new ArrayList<>();
      withheld += publish(reports, releases) ? 0 : 1;
      attack(seed, releases);
      shown += shareShown(releases.get(releases.size() - 1).published()) / cubes;
    }
    LoggerFactory.getLogger(RandomReleasesTest.class)
        .info(
            "{} random cubes: {} % of the figures shown, {} releases withheld",
            cubes, Math.round(1000 * shown) / 10.0, withheld);
    assertThat(shown).as("share of the figures that is shown").isGreaterThan(0.4);
    assertThat(withheld).as("cubes with a release withheld").isLessThanOrEqualTo(cubes / 20);
  }

  /** The share of the cells with a figure that are shown. */
  private static double shareShown(PublishedDataSet published) {
    double shown = published.rows().stream().filter(row -> row.state().isShown()).count();
    long hidden = published.rows().stream().filter(row -> row.state() == CellState.HIDDEN).count();
    return shown / (shown + hidden);
  }

  /** Answers with whether none of the releases was withheld; the first never may be. */
  private static boolean publish(List<List<Reported>> reports, List<Release> releases) {
    Releases kept = new Releases(new StoreInMemory(), FhirContext.forR4Cached());
    for (List<Reported> units : reports) {
      try {
        releases.add(ExampleReleases.next(PUBLICATION, kept.all(), units));
        kept.keep(releases.get(releases.size() - 1));
      } catch (DisclosureRefusedException e) {
        assertThat(releases).as("releases before one that is withheld").isNotEmpty();
        return false;
      }
    }
    return true;
  }

  private static void attack(int seed, List<Release> releases) {
    Programme programme = Relations.of(releases.stream().map(Release::cube).toList());
    BitSet known = new BitSet();
    for (int i = 0; i < releases.size(); i++) {
      Release release = releases.get(i);
      programme
          .layers()
          .get(i)
          .forEach(
              (cell, unknown) -> known.set(unknown, known.get(unknown) || release.shows(cell)));
    }
    requireHiddenRates(seed, releases, programme, known);
    Map<Integer, Need> needs = new TreeMap<>();
    for (SortedMap<CellKey, Integer> layer : programme.layers()) {
      layer.forEach(
          (cell, unknown) -> {
            long count = programme.values()[unknown];
            if (!known.get(unknown)) {
              needs.put(unknown, Need.of(count, DisclosurePolicy.DEFAULT));
            } else {
              assertThat(DisclosurePolicy.DEFAULT.protects(count))
                  .as("seed %d: %s is shown and must not be", seed, cell)
                  .isFalse();
            }
          });
    }
    assertThat(new Attacker(programme, needs).broken(known)).as("seed %d", seed).isEmpty();
    if (seed % EXACTLY_EVERY == 0) {
      bound(seed, programme, needs, known);
    }
  }

  /** No rate on too few can be worked out from counts that are known, of whatever release. */
  private static void requireHiddenRates(
      int seed, List<Release> releases, Programme programme, BitSet known) {
    for (int i = 0; i < releases.size(); i++) {
      SortedMap<CellKey, Integer> layer = programme.layers().get(i);
      for (CellKey key : layer.keySet()) {
        long denominator = CellStates.denominator(releases.get(i).cube(), key);
        if (key.statistic().equals(CellKey.NUMERATOR)
            && DisclosurePolicy.DEFAULT.hidesRate(denominator)) {
          assertThat(Stream.of(CellKey.NUMERATOR, CellKey.DENOMINATOR, CellKey.EXCLUSION))
              .as("seed %d: what the rate beside %s is worked out from", seed, key)
              .anyMatch(it -> !known.get(Objects.requireNonNull(layer.get(key.with(it)))));
        }
      }
    }
  }

  /** Bounds each hidden count exactly, one by one. */
  private static void bound(int seed, Programme programme, Map<Integer, Need> needs, BitSet known) {
    needs.forEach(
        (unknown, need) -> {
          ExactBounds bounds = ExactBounds.of(unknown, programme, known);
          assertThat(need.isMet(bounds.low(), bounds.high()))
              .as("seed %d: unknown %d is found to be in %s", seed, unknown, bounds)
              .isTrue();
        });
  }
}
