package se.nhv.fhir.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An attack on each hidden count of some releases, begun anew from all that any of them shows. It
 * must fail by the default policy.
 */
final class ReleaseAttack {

  private static final DisclosurePolicy POLICY = DisclosurePolicy.DEFAULT;

  private final String name;
  private final List<Release> releases;
  private final Programme programme;
  private final BitSet known = new BitSet();
  private final Map<Integer, Need> needs = new TreeMap<>();

  /**
   * @param name what a failure is told with
   * @param releases in the order of their numbers
   */
  ReleaseAttack(String name, List<Release> releases) {
    this.name = name;
    this.releases = releases;
    this.programme = Relations.of(releases.stream().map(Release::cube).toList());
    for (int i = 0; i < releases.size(); i++) {
      Release release = releases.get(i);
      programme
          .layers()
          .get(i)
          .forEach(
              (cell, unknown) -> known.set(unknown, known.get(unknown) || release.shows(cell)));
    }
    for (SortedMap<CellKey, Integer> layer : programme.layers()) {
      for (int unknown : layer.values()) {
        if (!known.get(unknown)) {
          needs.put(unknown, Need.of(programme.values()[unknown], POLICY));
        }
      }
    }
  }

  /** No count or rate on too few is known, and no hidden count is bounded too narrowly. */
  void fails() {
    for (int i = 0; i < releases.size(); i++) {
      SortedMap<CellKey, Integer> layer = programme.layers().get(i);
      layer.forEach(this::requireUnprotected);
      requireHiddenRates(releases.get(i), layer);
    }
    assertThat(new Attacker(programme, needs).broken(known)).as(name).isEmpty();
  }

  /** Bounds each hidden count exactly, one by one. */
  void failsExactly() {
    needs.forEach(
        (unknown, need) -> {
          ExactBounds bounds = ExactBounds.of(unknown, programme, known);
          assertThat(need.isMet(bounds.low(), bounds.high()))
              .as("%s: unknown %d is found to be in %s", name, unknown, bounds)
              .isTrue();
        });
  }

  private void requireUnprotected(CellKey cell, int unknown) {
    if (known.get(unknown)) {
      assertThat(POLICY.protects(programme.values()[unknown]))
          .as("%s: %s is shown and must not be", name, cell)
          .isFalse();
    }
  }

  /** No rate on too few can be worked out from counts that are known. */
  private void requireHiddenRates(Release release, SortedMap<CellKey, Integer> layer) {
    for (CellKey key : layer.keySet()) {
      long denominator = CellStates.denominator(release.cube(), key);
      if (key.statistic().equals(CellKey.NUMERATOR) && POLICY.hidesRate(denominator)) {
        assertThat(Stream.of(CellKey.NUMERATOR, CellKey.DENOMINATOR, CellKey.EXCLUSION))
            .as("%s: what the rate beside %s is worked out from", name, key)
            .anyMatch(it -> !known.get(Objects.requireNonNull(layer.get(key.with(it)))));
      }
    }
  }
}
