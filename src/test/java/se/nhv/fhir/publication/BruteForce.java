package se.nhv.fhir.publication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import se.nhv.fhir.publication.PublishedDataSet.Row;

/**
 * Every world that agrees with what is published of one Measure that counts, with one stratifier:
 * each cell of unit and stratum takes every count up to a ceiling, totals and national figures are
 * worked out from them. It knows nothing of programmes.
 */
final class BruteForce {

  private final Map<CellKey, Long> shown = new HashMap<>();
  private final List<Row> rows;
  private final List<CellKey> base;
  private final int ceiling;
  private final boolean emptyListed;
  private final Map<CellKey, long[]> ranges = new TreeMap<>();
  private final Map<CellKey, Long> world = new HashMap<>();

  private BruteForce(PublishedDataSet published, int ceiling, boolean emptyListed) {
    this.rows = published.rows();
    this.ceiling = ceiling;
    this.emptyListed = emptyListed;
    rows.stream()
        .filter(row -> row.value() != null)
        .forEach(row -> shown.put(row.cell(), row.value().longValueExact()));
    this.base =
        rows.stream()
            .map(Row::cell)
            .filter(cell -> !cell.isWhole() && !cell.report().isNational())
            .toList();
  }

  /**
   * The least and the most that each hidden cell can be.
   *
   * @param emptyListed whether a stratum is listed though nobody is in it; if not, each that is
   *     listed has somebody in it
   */
  static Map<CellKey, long[]> ranges(PublishedDataSet published, int ceiling, boolean emptyListed) {
    BruteForce force = new BruteForce(published, ceiling, emptyListed);
    force.choose(0);
    return force.ranges;
  }

  private void choose(int place) {
    if (place == base.size()) {
      take();
      return;
    }
    CellKey cell = base.get(place);
    Long known = shown.get(cell);
    long from = known == null ? 0 : known;
    long to = known == null ? ceiling : known;
    for (long count = from; count <= to; count++) {
      world.put(cell, count);
      choose(place + 1);
    }
  }

  private void take() {
    Map<CellKey, Long> all = new HashMap<>();
    for (CellKey cell : base) {
      long count = Objects.requireNonNull(world.get(cell));
      ReportKey national =
          new ReportKey(ReportKey.NATIONAL, cell.report().measure(), cell.report().period());
      all.merge(cell, count, Long::sum);
      all.merge(cell.in("", ""), count, Long::sum);
      all.merge(cell.of(national), count, Long::sum);
      all.merge(cell.in("", "").of(national), count, Long::sum);
    }
    boolean agrees =
        shown.entrySet().stream().allMatch(it -> it.getValue().equals(all.get(it.getKey())));
    boolean nobody =
        !emptyListed
            && all.entrySet().stream()
                .anyMatch(
                    it ->
                        !it.getKey().isWhole()
                            && it.getKey().report().isNational()
                            && it.getValue() == 0);
    if (agrees && !nobody) {
      rows.stream()
          .map(Row::cell)
          .filter(cell -> !shown.containsKey(cell))
          .forEach(cell -> widen(cell, Objects.requireNonNull(all.get(cell))));
    }
  }

  private void widen(CellKey cell, long count) {
    long[] range = ranges.computeIfAbsent(cell, c -> new long[] {count, count});
    range[0] = Math.min(range[0], count);
    range[1] = Math.max(range[1], count);
  }
}
