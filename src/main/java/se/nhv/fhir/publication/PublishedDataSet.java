package se.nhv.fhir.publication;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is published: the one source of the FHIR resources, the CSV file and the workbook. It holds
 * no hidden figure. Immutable.
 *
 * @param number the number of the release, from 1
 * @param date the day for which it speaks
 * @param policyVersion the version of the disclosure policy
 * @param rows every cell, by report and then in the printed order of the Measure's groups
 * @param parts the units' reports of which each national one is the sum
 * @param groups by Measure id, the codes of its groups in their printed order
 */
public record PublishedDataSet(
    int number,
    LocalDate date,
    String policyVersion,
    List<Row> rows,
    SortedMap<ReportKey, List<ReportKey>> parts,
    SortedMap<String, List<String>> groups) {

  /**
   * One published cell.
   *
   * @param cell which one
   * @param value the figure as it is shown; null unless the state shows one. A rate is a number
   *     from 0 to 1
   * @param unit the UCUM unit of the figure, or empty
   * @param state what the cell says
   */
  public record Row(CellKey cell, @Nullable BigDecimal value, String unit, CellState state) {

    /** Refuses a figure where none is shown with an IllegalArgumentException. */
    public Row {
      if (state.isShown() != (value != null)) {
        throw new IllegalArgumentException(cell + " is " + state + (value == null ? "" : ", not"));
      }
    }
  }

  /** Sorts the rows. */
  public PublishedDataSet {
    rows = rows.stream().sorted(printed(groups)).toList();
    parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
  }

  private static Comparator<Row> printed(SortedMap<String, List<String>> groups) {
    return Comparator.comparing((Row row) -> row.cell().report())
        .thenComparing(
            row ->
                groups
                    .getOrDefault(row.cell().report().measure().id(), List.of())
                    .indexOf(row.cell().group()))
        .thenComparing(Row::cell);
  }

  static PublishedDataSet of(
      int number,
      LocalDate date,
      DisclosurePolicy policy,
      Cube cube,
      Map<CellKey, CellState> states) {
    List<Row> rows = new ArrayList<>();
    cube.cells()
        .forEach(
            (key, figure) -> {
              CellState state = states.getOrDefault(key, CellState.HIDDEN);
              boolean shown = state.isShown();
              rows.add(
                  new Row(key, shown ? figure.value() : null, shown ? figure.unit() : "", state));
            });
    return new PublishedDataSet(number, date, policy.version(), rows, cube.parts(), cube.groups());
  }

  /** The rows of each report, in order. */
  public SortedMap<ReportKey, List<Row>> byReport() {
    SortedMap<ReportKey, List<Row>> byReport = new TreeMap<>();
    rows.forEach(
        row -> byReport.computeIfAbsent(row.cell().report(), r -> new ArrayList<>()).add(row));
    return byReport;
  }

  /** How many cells say what; each state is there. */
  public SortedMap<CellState, Long> cellsByState() {
    SortedMap<CellState, Long> cells = new TreeMap<>();
    for (CellState state : CellState.values()) {
      cells.put(state, rows.stream().filter(row -> row.state() == state).count());
    }
    return cells;
  }

  /** How many counts are hidden: those that the attacker has tried to work out, in vain. */
  public long hiddenCounts() {
    return rows.stream()
        .filter(row -> row.state() == CellState.HIDDEN && row.cell().isCount())
        .count();
  }

  Map<CellKey, CellState> states() {
    Map<CellKey, CellState> states = new HashMap<>();
    rows.forEach(row -> states.put(row.cell(), row.state()));
    return states;
  }
}
