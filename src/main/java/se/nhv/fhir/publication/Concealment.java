package se.nhv.fhir.publication;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which counts of a new release are hidden: those that the policy protects, and as many
 * beside them as it takes until the attacker fails on every hidden count of this and all earlier
 * releases. A count that an earlier release has shown stays shown: hiding it would hide nothing.
 * Used once.
 */
final class Concealment {

  private static final String WITH_EARLIER =
      "with what earlier releases show, hidden counts could be worked out whatever more is hidden"
          + " (%s). What was shown cannot be taken back: return the revised reports that give them"
          + " away, which are then published as not reported, or publish when later revisions are"
          + " in";
  private static final String OF_ITSELF =
      "whatever is hidden, it is not proved that these counts cannot be worked out (%s). Where a"
          + " report lists some values of a stratum only, that tells of each at least one: return"
          + " such a report, which is then published as not reported, until it lists all or none";

  private final Programme programme;
  private final Cube cube;
  private final DisclosurePolicy policy;
  private final List<Release> earlier;
  private final BitSet publishedBefore = new BitSet();
  private final BitSet hidden = new BitSet();
  private final Map<Integer, Need> needs = new TreeMap<>();

  Concealment(Cube cube, DisclosurePolicy policy, List<Release> earlier) {
    this.cube = cube;
    this.policy = policy;
    this.earlier = earlier;
    this.programme =
        Relations.of(Stream.concat(earlier.stream().map(Release::cube), Stream.of(cube)).toList());
  }

  /**
   * The cells with a count that the new release hides.
   *
   * @throws DisclosureRefusedException if hiding all that can be hidden is not enough
   */
  Set<CellKey> hiddenCounts() {
    takeEarlier();
    hideProtected();
    hideRates();
    hideMore();
    return programme.current().entrySet().stream()
        .filter(it -> hidden.get(it.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private void takeEarlier() {
    for (int i = 0; i < earlier.size(); i++) {
      Release release = earlier.get(i);
      SortedMap<CellKey, Integer> layer = programme.layers().get(i);
      layer.forEach(
          (key, unknown) -> {
            if (release.shows(key)) {
              publishedBefore.set(unknown);
            } else {
              need(unknown, release.policy());
            }
          });
    }
  }

  private void hideProtected() {
    programme
        .current()
        .forEach(
            (key, unknown) -> {
              if (policy.protects(programme.values()[unknown]) && !publishedBefore.get(unknown)) {
                hide(unknown);
              }
            });
  }

  /**
   * Keeps what each rate on too few is worked out from unknown, in this and every earlier release:
   * its numerator, or where that has been shown its denominator, or what is taken out of that. A
   * later release would give it away by showing the count that was not revised.
   */
  private void hideRates() {
    for (int i = 0; i < earlier.size(); i++) {
      hideRates(earlier.get(i).cube(), earlier.get(i).policy(), programme.layers().get(i));
    }
    hideRates(cube, policy, programme.current());
  }

  private void hideRates(Cube of, DisclosurePolicy under, SortedMap<CellKey, Integer> layer) {
    for (CellKey key : layer.keySet()) {
      if (key.statistic().equals(CellKey.NUMERATOR)
          && under.hidesRate(CellStates.denominator(of, key))) {
        List<Integer> counts =
            Stream.concat(
                    Stream.of(CellKey.NUMERATOR, CellKey.DENOMINATOR), CellKey.TAKEN_OUT.stream())
                .map(key::with)
                .filter(it -> layer.containsKey(it))
                .map(it -> layer.get(it))
                .toList();
        hide(
            counts.stream()
                .filter(it -> !publishedBefore.get(it))
                .findFirst()
                .orElseThrow(() -> refused(counts)));
      }
    }
  }

  private void hide(int unknown) {
    hidden.set(unknown);
    need(unknown, policy);
  }

  /**
   * Until an attacker who has learnt nothing on the way fails: one who has kept its proofs tells
   * what is still open at less cost, and a proof made when more was known holds when less is.
   */
  private void hideMore() {
    Repair repair = new Repair(programme, policy);
    List<Integer> broken = hideMore(repair);
    while (!broken.isEmpty()) {
      hide(repair, broken);
      broken = hideMore(repair);
    }
  }

  /** Hides what it takes; answers what an attacker who begins anew breaks nevertheless. */
  private List<Integer> hideMore(Repair repair) {
    Attacker attacker = new Attacker(programme, needs);
    List<Integer> broken = attacker.broken(known());
    while (!broken.isEmpty()) {
      BitSet more = hide(repair, broken);
      more.stream().forEach(it -> attacker.require(it, Need.of(programme.values()[it], policy)));
      broken = attacker.broken(known());
    }
    return new Attacker(programme, needs).broken(known());
  }

  private BitSet hide(Repair repair, List<Integer> broken) {
    BitSet more = repair.choose(broken, known(), hideable());
    if (more.isEmpty()) {
      throw refused(broken);
    }
    hidden.or(more);
    more.stream().forEach(it -> need(it, policy));
    return more;
  }

  private BitSet known() {
    BitSet known = hideable();
    known.or(publishedBefore);
    return known;
  }

  /** What the new release shows and no earlier one has shown. */
  private BitSet hideable() {
    BitSet hideable = new BitSet();
    programme.current().values().forEach(hideable::set);
    hideable.andNot(publishedBefore);
    hideable.andNot(hidden);
    return hideable;
  }

  private void need(int unknown, DisclosurePolicy ofPolicy) {
    needs.merge(unknown, Need.of(programme.values()[unknown], ofPolicy), Need::and);
  }

  private DisclosureRefusedException refused(List<Integer> broken) {
    String cells =
        programme.layers().stream()
            .flatMap(layer -> layer.entrySet().stream())
            .filter(it -> broken.contains(it.getValue()))
            .map(it -> it.getKey().toString())
            .distinct()
            .sorted(Comparator.naturalOrder())
            .limit(5)
            .collect(Collectors.joining("; "));
    return new DisclosureRefusedException(
        "the release is withheld: "
            + (earlier.isEmpty() ? OF_ITSELF : WITH_EARLIER).formatted(cells));
  }
}
