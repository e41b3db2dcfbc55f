package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Sets up what a reader knows of how counts hang together: national figures are sums, strata sum to
 * their group, what is taken out of a denominator is in it, categories are parts of the total, a
 * stratum that is listed has somebody in it unless empty ones are listed too. A relation is assumed
 * wherever the exact figures fulfil it: whoever assumes more than is true by construction is only
 * stronger. Used once.
 */
final class Relations {

  private final Unknowns unknowns = new Unknowns();
  private final Set<Constraint> constraints = new LinkedHashSet<>();
  private long[] values = new long[0];

  private Relations() {}

  /** The programme of these releases, the new one last. */
  static Programme of(List<Cube> cubes) {
    return new Relations().programme(cubes);
  }

  private Programme programme(List<Cube> cubes) {
    List<SortedMap<CellKey, Integer>> layers = new ArrayList<>();
    cubes.forEach(cube -> layers.add(unknowns.add(cube)));
    Ties.find(cubes, layers, unknowns);
    layers.forEach(layer -> layer.replaceAll((key, number) -> unknowns.root(number)));
    values = unknowns.values();
    for (int i = 0; i < cubes.size(); i++) {
      relate(cubes.get(i), layers.get(i));
    }
    return new Programme(values, List.copyOf(constraints), layers);
  }

  private void relate(Cube cube, SortedMap<CellKey, Integer> layer) {
    sums(cube, layer);
    strata(layer);
    for (CellKey key : layer.keySet()) {
      if (!key.report().isNational()) {
        order(key, layer);
      }
    }
    for (ReportKey report : cube.reports()) {
      if (!report.isNational() && !cube.notReported().contains(report)) {
        categories(cube, report, layer);
      }
    }
  }

  private void sums(Cube cube, SortedMap<CellKey, Integer> layer) {
    for (CellKey key : layer.keySet()) {
      List<ReportKey> parts = cube.parts().get(key.report());
      if (parts != null) {
        Terms terms = new Terms().add(layer.get(key), -1);
        parts.forEach(part -> terms.add(layer.get(key.of(part)), 1));
        add(terms, 0, 0);
      }
    }
  }

  private void strata(SortedMap<CellKey, Integer> layer) {
    Map<CellKey, Terms> byStratifier = new TreeMap<>();
    Map<CellKey, Terms> byStratum = new TreeMap<>();
    for (CellKey key : layer.keySet()) {
      if (!key.isWhole()) {
        byStratifier
            .computeIfAbsent(key.in(key.stratifier(), ""), k -> new Terms())
            .add(layer.get(key), 1);
        if (!key.report().isNational() && key.statistic().equals(CellKey.INITIAL_POPULATION)) {
          byStratum
              .computeIfAbsent(key.of(national(key.report())), k -> new Terms())
              .add(layer.get(key), 1);
        }
      }
    }
    Set<CellKey> withEmpty = new HashSet<>();
    byStratum.forEach(
        (key, terms) -> {
          if (new Constraint(terms.byUnknown, 0, 0).holds(values)) {
            withEmpty.add(key.in(key.stratifier(), ""));
          }
        });
    byStratum.forEach(
        (key, terms) -> {
          if (!withEmpty.contains(key.in(key.stratifier(), ""))) {
            add(terms, 1, Constraint.UNLIMITED);
          }
        });
    byStratifier.forEach(
        (key, terms) -> {
          terms.add(layer.get(key.in("", "")), -1);
          add(terms, 0, 0);
          add(terms, -Constraint.UNLIMITED, 0);
        });
  }

  private static ReportKey national(ReportKey report) {
    return new ReportKey(ReportKey.NATIONAL, report.measure(), report.period());
  }

  /** What is in a population is in the one above it. */
  private void order(CellKey key, SortedMap<CellKey, Integer> layer) {
    switch (key.statistic()) {
      case CellKey.DENOMINATOR -> {
        Terms inside = new Terms().add(layer.get(key.with(CellKey.NUMERATOR)), 1);
        CellKey.TAKEN_OUT.forEach(out -> inside.add(layer.get(key.with(out)), 1));
        add(inside.add(layer.get(key), -1), -Constraint.UNLIMITED, 0);
        within(key, CellKey.INITIAL_POPULATION, layer);
      }
      case CellKey.NUMERATOR, CellKey.EXCLUSION, CellKey.EXCEPTION ->
          within(key, CellKey.DENOMINATOR, layer);
      case CellKey.COUNT -> {
        within(key, CellKey.OBSERVATION, layer);
        within(key, CellKey.MEASURE_POPULATION, layer);
      }
      case CellKey.MEASURE_POPULATION -> within(key, CellKey.INITIAL_POPULATION, layer);
      case CellKey.PATIENTS -> within(key, CellKey.COUNT, layer);
      default -> {}
    }
  }

  private void within(CellKey key, String larger, SortedMap<CellKey, Integer> layer) {
    Integer other = layer.get(key.with(larger));
    if (other != null) {
      add(new Terms().add(layer.get(key), 1).add(other, -1), -Constraint.UNLIMITED, 0);
    }
  }

  private void categories(Cube cube, ReportKey report, SortedMap<CellKey, Integer> layer) {
    Set<String> categories = cube.categories(report);
    for (CellKey total : cube.cellsOf(report).keySet()) {
      Integer whole = layer.get(total);
      List<Integer> parts = numbers(total, categories, layer);
      if (total.isWhole()
          && total.group().equals(cube.firstGroup(report))
          && whole != null
          && !parts.isEmpty()) {
        Terms all = new Terms().add(whole, -1);
        for (int part : parts) {
          all.add(part, 1);
          add(new Terms().add(part, 1).add(whole, -1), -Constraint.UNLIMITED, 0);
        }
        add(all, 0, isPartition(cube, total, categories) ? 0 : Constraint.UNLIMITED);
      }
    }
  }

  /** Of the categories that hold the count at all: a survival has no exclusions of its own. */
  private static List<Integer> numbers(
      CellKey total, Set<String> categories, SortedMap<CellKey, Integer> layer) {
    return categories.stream()
        .map(total::inGroup)
        .filter(it -> layer.containsKey(it))
        .map(it -> layer.get(it))
        .toList();
  }

  /** Whether the categories sum to the total in every unit's report of that Measure and period. */
  private static boolean isPartition(Cube cube, CellKey total, Set<String> categories) {
    SortedSet<ReportKey> reports = new TreeSet<>(cube.reports());
    reports.removeIf(
        r ->
            r.isNational()
                || !r.measure().equals(total.report().measure())
                || !r.period().equals(total.report().period()));
    return reports.stream()
        .allMatch(
            r ->
                cube.count(total.of(r)).orElse(0)
                    == categories.stream()
                        .mapToLong(c -> cube.count(total.of(r).inGroup(c)).orElse(0))
                        .sum());
  }

  private void add(Terms terms, long low, long high) {
    Constraint constraint = new Constraint(terms.byUnknown, low, high);
    if (!constraint.terms().isEmpty() && constraint.holds(values)) {
      constraints.add(constraint);
    }
  }

  /** A sum of unknowns; what is not there counts as nothing. */
  private static final class Terms {

    private final SortedMap<Integer, Integer> byUnknown = new TreeMap<>();

    Terms add(@Nullable Integer unknown, int coefficient) {
      if (unknown != null) {
        byUnknown.merge(unknown, coefficient, Integer::sum);
        byUnknown.remove(unknown, 0);
      }
      return this;
    }
  }
}
