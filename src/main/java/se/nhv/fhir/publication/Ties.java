package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * Finds populations that are the same by construction: those whose counts are equal in every report
 * of a period that has them. That takes in every true one, within a Measure (initial population and
 * denominator) and between Measures (the patients of one are the denominator of another). Taking
 * too many to be the same makes the attacker stronger, and so never discloses anything.
 */
final class Ties {

  /** A population wherever it is reported. */
  private record Place(MeasurementPeriod period, String measure, String group, String statistic) {}

  private final Cube cube;
  private final SortedMap<CellKey, Integer> layer;
  private final Unknowns unknowns;

  private Ties(Cube cube, SortedMap<CellKey, Integer> layer, Unknowns unknowns) {
    this.cube = cube;
    this.layer = layer;
    this.unknowns = unknowns;
  }

  /** Ties what is the same in that release. */
  static void find(Cube cube, SortedMap<CellKey, Integer> layer, Unknowns unknowns) {
    new Ties(cube, layer, unknowns).find();
  }

  private void find() {
    Map<Place, SortedMap<String, Long>> counts = new HashMap<>();
    Map<Place, List<CellKey>> cells = new HashMap<>();
    Set<String> withParts = measuresOfParts();
    for (CellKey key : layer.keySet()) {
      if (key.isWhole() && !(withParts.contains(key.report().measure().id()) && !isFirst(key))) {
        Place place = place(key);
        counts
            .computeIfAbsent(place, p -> new TreeMap<>())
            .put(key.report().reporter(), cube.count(key).orElse(0));
        cells.computeIfAbsent(place, p -> new ArrayList<>()).add(key);
      }
    }
    Map<List<Object>, Place> firsts = new HashMap<>();
    counts.forEach(
        (place, vector) -> {
          Place first =
              firsts.putIfAbsent(List.of(place.period(), kind(place.statistic()), vector), place);
          if (first != null) {
            tie(cells.getOrDefault(place, List.of()), first);
          }
        });
  }

  private void tie(List<CellKey> cells, Place other) {
    for (CellKey key : cells) {
      for (CellKey part : withStrata(key)) {
        CellKey twin = twin(part, other);
        Integer number = layer.get(twin);
        if (number != null) {
          unknowns.tie(Objects.requireNonNull(layer.get(part)), number);
        }
      }
    }
  }

  private CellKey twin(CellKey key, Place other) {
    ReportKey report =
        layer.keySet().stream()
            .map(CellKey::report)
            .filter(r -> r.measure().id().equals(other.measure()))
            .filter(r -> r.period().equals(other.period()))
            .filter(r -> r.reporter().equals(key.report().reporter()))
            .findFirst()
            .orElse(key.report());
    return new CellKey(report, other.group(), key.stratifier(), key.stratum(), other.statistic());
  }

  private List<CellKey> withStrata(CellKey whole) {
    return layer.subMap(whole.with("").of(whole.report()), whole.in("\uffff", "")).keySet().stream()
        .filter(key -> key.statistic().equals(whole.statistic()))
        .toList();
  }

  /** The Measures that only count, whose further groups are parts of the first. */
  private Set<String> measuresOfParts() {
    Set<String> all = new HashSet<>();
    Set<String> others = new HashSet<>();
    for (CellKey key : layer.keySet()) {
      Set<String> kind = key.statistic().equals(CellKey.INITIAL_POPULATION) ? all : others;
      kind.add(key.report().measure().id());
    }
    all.removeAll(others);
    return all;
  }

  /** A numerator that equals its denominator is good care, not the same population. */
  private static String kind(String statistic) {
    boolean apart = statistic.equals(CellKey.NUMERATOR) || CellKey.TAKEN_OUT.contains(statistic);
    return apart ? statistic : "";
  }

  private boolean isFirst(CellKey key) {
    return key.group().equals(cube.firstGroup(key.report()));
  }

  private static Place place(CellKey key) {
    return new Place(
        key.report().period(), key.report().measure().id(), key.group(), key.statistic());
  }
}
