package se.nhv.fhir.reporting.obligation;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;

/**
 * How many of the units that owe reports for an area in a year have handed them in.
 *
 * @param area the area
 * @param year the reporting year
 * @param expected how many units owe reports, at least 1
 * @param submitted how many have handed in every report, and had none returned
 * @param onTime how many had handed in every report by the last day
 * @param accepted of how many the authority has taken every report
 */
public record Rates(
    Area area, ReportingYear year, int expected, int submitted, int onTime, int accepted) {

  /** Those of some obligations, by area and year. */
  public static List<Rates> of(Collection<Obligation> obligations) {
    Map<List<Object>, List<Obligation>> grouped =
        obligations.stream()
            .sorted(
                Comparator.comparing((Obligation it) -> it.area().code())
                    .thenComparing(Obligation::year))
            .collect(
                Collectors.groupingBy(
                    it -> List.of(it.area(), it.year()), LinkedHashMap::new, Collectors.toList()));
    return grouped.values().stream().map(Rates::ofOne).toList();
  }

  private static Rates ofOne(List<Obligation> some) {
    return new Rates(
        some.get(0).area(),
        some.get(0).year(),
        some.size(),
        (int) some.stream().filter(Obligation::isSubmitted).count(),
        (int) some.stream().filter(Obligation::isOnTime).count(),
        (int) some.stream().filter(it -> it.state() == ObligationState.ACCEPTED).count());
  }
}
