package se.nhv.fhir.reporting.national;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/**
 * One report over any set of units and years of a Measure, pooled as Riket is; it is answered and
 * never kept. Its period is the union of theirs.
 *
 * <p>The Measure must be the same by name. Different versions are pooled when they have the same
 * major number, which is changed when results are no longer comparable, and the same groups: codes,
 * bases, populations, stratifiers and units. The report then speaks of the newest of them. Safe for
 * use by many threads at once.
 */
public final class Aggregation {

  /** The value of the identifier {@code niva} of its reporter: a selection. */
  public static final String LEVEL = "urval";

  private final Content content;

  /** For the Measures of that content. */
  public Aggregation(Content content) {
    this.content = content;
  }

  /**
   * The pooled report, without id. A patient who is in two of them is counted twice.
   *
   * @param reports units' reports, at least one, each complete and with its revision in {@code
   *     meta}
   * @throws se.nhv.fhir.reporting.ReportRefusedException if there is none; if one is masked, in
   *     error or was produced by other content; if their Measures differ; if two of the same unit
   *     overlap; or if there are days between their periods
   */
  public MeasureReport of(Collection<MeasureReport> reports) {
    List<SubmittedReport> used = new ArrayList<>();
    for (MeasureReport report : reports) {
      if (Masking.isIn(report)) {
        throw Refusals.selection("holds a report with masked figures");
      }
      SubmittedReport submitted = SubmittedReport.of(report, content);
      submitted.requireContent();
      used.add(submitted);
    }
    MeasureDefinition measure =
        used.stream()
            .map(SubmittedReport::measure)
            .max(Comparator.comparing(m -> new VersionOrder(m.reference().version())))
            .orElseThrow(() -> Refusals.selection("is empty"));
    used.forEach(one -> requireComparable(one.measure(), measure));
    requireApart(used);
    return new PooledReport(measure, union(used), used).atLevel(LEVEL);
  }

  private static void requireComparable(MeasureDefinition one, MeasureDefinition other) {
    boolean comparable =
        one.reference().name().equals(other.reference().name())
            && VersionOrder.major(one.reference().version())
                == VersionOrder.major(other.reference().version())
            && shape(one).equals(shape(other));
    if (!comparable) {
      throw Refusals.selection(
          "holds both " + one.reference() + " and " + other.reference() + ", which differ");
    }
  }

  /** All that must agree for figures of two versions to be added. */
  private static List<List<Object>> shape(MeasureDefinition measure) {
    List<List<Object>> groups = new ArrayList<>();
    for (MeasureGroupComponent group : measure.resource().getGroup()) {
      groups.add(
          List.of(
              MeasureElements.code(group),
              MeasureElements.basis(group),
              group.getPopulation().stream().map(MeasureElements::code).toList(),
              group.getStratifier().stream()
                  .map(s -> MeasureElements.code(s).getCodingFirstRep().getCode())
                  .toList(),
              String.valueOf(MeasureElements.unit(group).getCode())));
    }
    return groups;
  }

  /** Nobody is to be counted twice by the same unit's reports. */
  private static void requireApart(List<SubmittedReport> used) {
    Map<Unit, List<MeasurementPeriod>> seen = new HashMap<>();
    for (SubmittedReport one : used) {
      List<MeasurementPeriod> periods = seen.computeIfAbsent(one.unit(), u -> new ArrayList<>());
      for (MeasurementPeriod other : periods) {
        if (!one.period().start().isAfter(other.end())
            && !other.start().isAfter(one.period().end())) {
          throw Refusals.selection(
              "holds two reports of " + one.unit() + " that speak of the same days");
        }
      }
      periods.add(one.period());
    }
  }

  private static MeasurementPeriod union(List<SubmittedReport> used) {
    List<MeasurementPeriod> periods =
        used.stream()
            .map(SubmittedReport::period)
            .sorted(Comparator.comparing(MeasurementPeriod::start))
            .toList();
    LocalDate end = periods.get(0).end();
    for (MeasurementPeriod period : periods) {
      if (period.start().isAfter(end.plusDays(1))) {
        throw Refusals.selection(
            "has no report of the days from "
                + end.plusDays(1)
                + " to "
                + period.start().minusDays(1));
      }
      end = period.end().isAfter(end) ? period.end() : end;
    }
    return new MeasurementPeriod(periods.get(0).start(), end);
  }
}
