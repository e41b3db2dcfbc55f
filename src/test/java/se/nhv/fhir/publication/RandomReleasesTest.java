package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
      ReleaseAttack attack = new ReleaseAttack("seed " + seed, releases);
      attack.fails();
      if (seed % EXACTLY_EVERY == 0) {
        attack.failsExactly();
      }
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
}
