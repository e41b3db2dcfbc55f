package se.nhv.fhir.publication;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chooses what to hide so that a hidden count can no longer be worked out: of what stands in a
 * relation with it, first the national figure (with few units it gives one unit away by the
 * others), then a stratum before a total, and the smallest that leaves room enough.
 */
final class Repair {

  private final Programme programme;
  private final List<List<Constraint>> byUnknown;
  private final BitSet national = new BitSet();
  private final BitSet whole = new BitSet();
  private final int room;

  Repair(Programme programme, DisclosurePolicy policy) {
    this.programme = programme;
    this.byUnknown = programme.byUnknown();
    this.room = policy.requiredWidth();
    programme
        .current()
        .forEach(
            (key, unknown) -> {
              national.set(unknown, national.get(unknown) || key.report().isNational());
              whole.set(unknown, whole.get(unknown) || key.isWhole());
            });
  }

  /**
   * What to hide next. Where an equation gives a count away by itself, that is mended first and
   * everywhere; what else is given away may be mended with it. Otherwise one count is mended.
   *
   * @param broken the hidden counts that can be worked out
   * @param known all counts that are known
   * @param hideable those of them that can be hidden
   * @return empty if there is nothing that would help
   */
  BitSet choose(List<Integer> broken, BitSet known, BitSet hideable) {
    BitSet chosen = new BitSet();
    for (int unknown : broken) {
      byUnknown.get(unknown).stream()
          .filter(it -> it.isEquation() && unknownsIn(it, known) == 1)
          .filter(it -> it.terms().keySet().stream().noneMatch(chosen::get))
          .forEach(it -> best(it, hideable).ifPresent(chosen::set));
    }
    for (int i = 0; chosen.isEmpty() && i < broken.size(); i++) {
      nearest(broken.get(i), known, hideable).ifPresent(chosen::set);
    }
    return chosen;
  }

  /** The best to hide in the nearest and tightest relation that has any. */
  private Optional<Integer> nearest(int broken, BitSet known, BitSet hideable) {
    Set<Integer> reached = new HashSet<>(Set.of(broken));
    Set<Integer> edge = Set.of(broken);
    while (!edge.isEmpty()) {
      Comparator<Constraint> tightest =
          Comparator.comparing((Constraint c) -> !c.isEquation())
              .thenComparingLong(c -> unknownsIn(c, known));
      List<Constraint> around =
          edge.stream().flatMap(it -> byUnknown.get(it).stream()).sorted(tightest).toList();
      Set<Integer> next = new HashSet<>();
      for (Constraint constraint : around) {
        Optional<Integer> best = best(constraint, hideable);
        if (best.isPresent()) {
          return best;
        }
        next.addAll(constraint.terms().keySet());
      }
      next.removeAll(reached);
      reached.addAll(next);
      edge = next;
    }
    return Optional.empty();
  }

  private Optional<Integer> best(Constraint constraint, BitSet hideable) {
    return constraint.terms().keySet().stream().filter(hideable::get).min(preference());
  }

  private static long unknownsIn(Constraint constraint, BitSet known) {
    return constraint.terms().keySet().stream().filter(it -> !known.get(it)).count();
  }

  private Comparator<Integer> preference() {
    long[] values = programme.values();
    return Comparator.comparing((Integer it) -> values[it] < room)
        .thenComparing(it -> !national.get(it))
        .thenComparing(it -> whole.get(it))
        .thenComparingLong(it -> values[it] < room ? -values[it] : values[it])
        .thenComparing(Comparator.naturalOrder());
  }
}
