package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * Finds populations that are the same by construction: those whose counts are equal at every unit
 * that reports both, in some release. That takes in every true one, within a Measure (initial
 * population and denominator) and between Measures (the patients of one are the denominator of
 * another); and once found, it holds for all releases, where the counts are equal. So neither a
 * unit that reports one of the two only, nor one that has revised one of the two, hides it.
 * National figures are the same if they are sums of the same units' equal ones.
 *
 * <p>Some are taken to be the same that are equal by chance. The attacker is the stronger for it;
 * but a count that is shown then counts as known for the other too, so who relies on a count that
 * is not known must look at more than this (as {@link Concealment} does for rates). Used once.
 */
final class Ties {

  /** A population wherever it is reported. */
  private record Place(
      MeasurementPeriod period, String measure, String group, String statistic, String kind) {}

  /** What a national count is of: the counts of each unit and period. */
  private record Sum(String kind, Map<List<Object>, Long> parts) {}

  private final List<Cube> cubes;
  private final List<SortedMap<CellKey, Integer>> layers;
  private final Unknowns unknowns;

  private Ties(List<Cube> cubes, List<SortedMap<CellKey, Integer>> layers, Unknowns unknowns) {
    this.cubes = cubes;
    this.layers = layers;
    this.unknowns = unknowns;
  }

  /**
   * Ties what is the same in those releases.
   *
   * @param layers for each release, the unknown of each cell that holds a count
   */
  static void find(List<Cube> cubes, List<SortedMap<CellKey, Integer>> layers, Unknowns unknowns) {
    new Ties(cubes, layers, unknowns).find();
  }

  private void find() {
    List<Map<Place, SortedMap<String, CellKey>>> ofUnits = new ArrayList<>();
    Set<List<Place>> same = new LinkedHashSet<>();
    for (int i = 0; i < layers.size(); i++) {
      Map<Place, SortedMap<String, CellKey>> places = places(i);
      ofUnits.add(places);
      same.addAll(same(cubes.get(i), places));
    }
    for (int i = 0; i < layers.size(); i++) {
      for (List<Place> pair : same) {
        tie(ofUnits.get(i), pair, layers.get(i));
      }
      tieSums(cubes.get(i), layers.get(i));
    }
  }

  /** By population, the cell of each unit. */
  private Map<Place, SortedMap<String, CellKey>> places(int release) {
    SortedMap<CellKey, Integer> layer = layers.get(release);
    Set<String> withParts = measuresOfParts(layer);
    Map<Place, SortedMap<String, CellKey>> places = new HashMap<>();
    for (CellKey key : layer.keySet()) {
      if (key.isWhole() && !key.report().isNational()) {
        Place place =
            new Place(
                key.report().period(),
                key.report().measure().id(),
                key.group(),
                key.statistic(),
                kind(cubes.get(release), key, withParts));
        places.computeIfAbsent(place, p -> new TreeMap<>()).put(key.report().reporter(), key);
      }
    }
    return places;
  }

  private static Set<List<Place>> same(
      Cube cube, Map<Place, SortedMap<String, CellKey>> populations) {
    Set<List<Place>> same = new LinkedHashSet<>();
    Map<List<Object>, List<Place>> alike = new HashMap<>();
    for (Place place : populations.keySet()) {
      alike
          .computeIfAbsent(List.of(place.period(), place.kind()), k -> new ArrayList<>())
          .add(place);
    }
    for (List<Place> places : alike.values()) {
      for (int i = 1; i < places.size(); i++) {
        for (int j = 0; j < i; j++) {
          List<Place> pair = List.of(places.get(i), places.get(j));
          if (agree(cube, cells(populations, pair.get(0)), cells(populations, pair.get(1)))) {
            same.add(pair);
          }
        }
      }
    }
    return same;
  }

  private static boolean agree(
      Cube cube, SortedMap<String, CellKey> one, SortedMap<String, CellKey> other) {
    boolean any = false;
    for (var cell : one.entrySet()) {
      CellKey twin = other.get(cell.getKey());
      if (twin != null) {
        any = true;
        if (!cube.count(cell.getValue()).equals(cube.count(twin))) {
          return false;
        }
      }
    }
    return any;
  }

  private void tie(
      Map<Place, SortedMap<String, CellKey>> populations,
      List<Place> pair,
      SortedMap<CellKey, Integer> layer) {
    SortedMap<String, CellKey> others = cells(populations, pair.get(1));
    cells(populations, pair.get(0))
        .forEach(
            (unit, key) -> {
              CellKey twin = others.get(unit);
              if (twin != null) {
                tie(key, twin, layer);
              }
            });
  }

  private static SortedMap<String, CellKey> cells(
      Map<Place, SortedMap<String, CellKey>> populations, Place place) {
    return populations.getOrDefault(place, new TreeMap<>());
  }

  private void tieSums(Cube cube, SortedMap<CellKey, Integer> layer) {
    Set<String> withParts = measuresOfParts(layer);
    Map<Sum, CellKey> firsts = new HashMap<>();
    for (CellKey key : layer.keySet()) {
      List<ReportKey> parts = cube.parts().getOrDefault(key.report(), List.of());
      if (key.isWhole() && !parts.isEmpty()) {
        Map<List<Object>, Long> counts = new HashMap<>();
        for (ReportKey part : parts) {
          counts.put(List.of(part.reporter(), part.period()), cube.count(key.of(part)).orElse(0));
        }
        CellKey first = firsts.putIfAbsent(new Sum(kind(cube, key, withParts), counts), key);
        if (first != null) {
          tie(key, first, layer);
        }
      }
    }
  }

  /** Ties two whole groups of the same reporter, and their strata. */
  private void tie(CellKey whole, CellKey other, SortedMap<CellKey, Integer> layer) {
    for (CellKey part : withStrata(whole, layer)) {
      Integer number = layer.get(other.in(part.stratifier(), part.stratum()));
      if (number != null) {
        unknowns.tie(Objects.requireNonNull(layer.get(part)), number);
      }
    }
  }

  private static List<CellKey> withStrata(CellKey whole, SortedMap<CellKey, Integer> layer) {
    return layer.subMap(whole.with(""), whole.in("\uffff", "")).keySet().stream()
        .filter(key -> key.statistic().equals(whole.statistic()))
        .toList();
  }

  /** The Measures that only count, whose further groups are parts of the first. */
  private static Set<String> measuresOfParts(SortedMap<CellKey, Integer> layer) {
    Set<String> all = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (CellKey key : layer.keySet()) {
      Set<String> kind = key.statistic().equals(CellKey.INITIAL_POPULATION) ? all : others;
      kind.add(key.report().measure().id());
    }
    all.removeAll(others);
    return all;
  }

  /**
   * Only what is of the same kind can be the same population: a numerator that equals its
   * denominator is good care, a category that equals its total a narrow practice.
   */
  private static String kind(Cube cube, CellKey key, Set<String> withParts) {
    boolean apart =
        key.statistic().equals(CellKey.NUMERATOR) || CellKey.TAKEN_OUT.contains(key.statistic());
    boolean part =
        withParts.contains(key.report().measure().id())
            && !key.group().equals(cube.firstGroup(key.report()));
    return apart ? key.statistic() : part ? "group " + key.group() : "";
  }
}
