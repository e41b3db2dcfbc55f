package se.nhv.fhir.publication;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The exact figures of a release, cell by cell. Every report of a Measure version and period has
 * the same cells: a stratum that one does not name is zero there.
 *
 * @param cells the figures
 * @param parts of which units' reports each national one is the sum
 * @param notReported the reports that are owed and missing; their cells stand without a figure
 * @param groups by Measure id, the codes of its groups in their printed order; the others are parts
 *     of the first
 */
record Cube(
    SortedMap<CellKey, Figure> cells,
    SortedMap<ReportKey, List<ReportKey>> parts,
    SortedSet<ReportKey> notReported,
    SortedMap<String, List<String>> groups) {

  Cube {
    cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    notReported = Collections.unmodifiableSortedSet(new TreeSet<>(notReported));
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
  }

  /** The count in a cell; empty if the cell is none, or has no figure. */
  OptionalLong count(CellKey key) {
    BigDecimal value = value(key);
    return value == null || !key.isCount()
        ? OptionalLong.empty()
        : OptionalLong.of(value.longValueExact());
  }

  /** The figure of a cell, or null. */
  @Nullable BigDecimal value(CellKey key) {
    Figure figure = cells.get(key);
    return figure == null ? null : figure.value();
  }

  /** Every cell that holds a count. */
  SortedMap<CellKey, Long> counts() {
    SortedMap<CellKey, Long> counts = new TreeMap<>();
    cells.forEach(
        (key, figure) -> {
          if (key.isCount() && figure.value() != null) {
            counts.put(key, figure.value().longValueExact());
          }
        });
    return counts;
  }

  /** The groups of a report other than the one that they are parts of. */
  Set<String> categories(ReportKey report) {
    String first = firstGroup(report);
    return cellsOf(report).keySet().stream()
        .map(CellKey::group)
        .filter(group -> !group.equals(first))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  String firstGroup(ReportKey report) {
    return groups.getOrDefault(report.measure().id(), List.of("")).get(0);
  }

  /** The cells of a report. */
  SortedMap<CellKey, Figure> cellsOf(ReportKey report) {
    return cells.subMap(
        new CellKey(report, "", "", "", ""), new CellKey(report, "\uffff", "", "", ""));
  }

  /** Every report that has cells, in order. */
  SortedSet<ReportKey> reports() {
    return cells.keySet().stream()
        .map(CellKey::report)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
