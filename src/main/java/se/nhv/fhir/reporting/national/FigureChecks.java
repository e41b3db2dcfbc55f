package se.nhv.fhir.reporting.national;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.content.ReportCodes;

/** Whether the figures of a group can be, whoever the patients are. Used for one group. */
final class FigureChecks {

  /** More than any unit counts; sums of many units stay within an integer of FHIR. */
  private static final long MOST = 9_999_999;

  private final MeasureGroupComponent defined;
  private final List<String> populations;
  private final String path;

  FigureChecks(MeasureGroupComponent defined, String path) {
    this.defined = defined;
    this.populations = defined.getPopulation().stream().map(MeasureElements::code).toList();
    this.path = path;
  }

  /** Refuses counts and statistics that contradict each other. */
  void require(GroupFigures figures) {
    requireCounts(figures.populations(), path);
    for (int s = 0; s < figures.strata().size(); s++) {
      for (List<Long> counts : figures.strata().get(s).values()) {
        requireCounts(counts, path + ".stratifier[" + s + "].stratum");
      }
    }
    for (long count : figures.bortfall().values()) {
      require(count <= MOST, path + ".extension(bortfall).count", "is too large");
    }
    if (MeasureElements.hasObservation(defined)) {
      requireStatistics(figures);
    }
  }

  /** By the contract: what is excluded or open is counted in the denominator, and nowhere else. */
  private void requireCounts(List<Long> counts, String place) {
    Map<String, Long> by = new HashMap<>();
    for (int p = 0; p < counts.size(); p++) {
      require(counts.get(p) <= MOST, place + ".population[" + p + "].count", "is too large");
      by.put(populations.get(p), counts.get(p));
    }
    long initial = by.getOrDefault("initial-population", MOST);
    long denominator = by.getOrDefault("denominator", 0L);
    long left =
        denominator
            - by.getOrDefault("denominator-exclusion", 0L)
            - by.getOrDefault("denominator-exception", 0L);
    long measured = by.getOrDefault("measure-population", 0L);
    require(denominator <= initial, place, "has a denominator above its initial-population");
    require(left >= 0, place, "has more exclusions and exceptions than its denominator");
    require(
        by.getOrDefault("numerator", 0L) <= left,
        place,
        "has a numerator above its denominator less exclusions and exceptions");
    require(measured <= initial, place, "has a measure-population above its initial-population");
    require(
        by.getOrDefault("measure-observation", 0L) <= measured,
        place,
        "has more measure-observations than its measure-population");
  }

  private void requireStatistics(GroupFigures figures) {
    String place = path + ".extension(statistik).";
    long count = figures.moments().count();
    require(
        count == figures.populations().get(populations.indexOf("measure-observation")),
        place + "count",
        "is not the count of measure-observation");
    Percentiles percentiles = figures.percentiles();
    require(
        percentiles.count() == (count == 0 ? 0 : Percentiles.NAMES.size()),
        place + "median",
        "must stand with p10 and p90 where there are values, and only there");
    require(percentiles.areInOrder(), place + "median", "is not between p10 and p90");
    if (!MeasureElements.isBooleanBasis(defined)) {
      require(
          figures.patients() <= count && (figures.patients() > 0 || count == 0),
          place + "patients",
          "cannot be with that count");
    }
  }

  /** Refuses strata and reasons that the content does not know. */
  void requireCodes(GroupFigures figures, ReportCodes codes) {
    require(
        codes.bortfall().containsAll(figures.bortfall().keySet()),
        path + ".extension(bortfall).reason",
        "must be a code of bortfall");
    for (int s = 0; s < figures.strata().size(); s++) {
      SortedMap<String, List<Long>> strata = figures.strata().get(s);
      String stratifier =
          MeasureElements.code(defined.getStratifier().get(s)).getCodingFirstRep().getCode();
      require(
          codes.strata().getOrDefault(stratifier, Set.of()).containsAll(strata.keySet()),
          path + ".stratifier[" + s + "].stratum.value",
          "must be a code of stratumvarde for " + stratifier);
    }
  }

  private static void require(boolean met, String place, String why) {
    if (!met) {
      throw Refusals.report(place, why);
    }
  }
}
