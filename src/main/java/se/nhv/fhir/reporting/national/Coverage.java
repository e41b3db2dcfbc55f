package se.nhv.fhir.reporting.national;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.Unit;

/** On which days of a period each unit held a permit. */
final class Coverage {

  private Coverage() {}

  /** By unit, the stretches of days in their order; units without a day are not there. */
  static SortedMap<Unit, List<MeasurementPeriod>> of(
      List<ExpectedUnit> permits, MeasurementPeriod period) {
    SortedMap<Unit, List<MeasurementPeriod>> covered = new TreeMap<>();
    permits.stream()
        .sorted(Comparator.comparing(ExpectedUnit::from))
        .forEach(
            permit ->
                permit
                    .within(period)
                    .ifPresent(
                        days ->
                            join(
                                covered.computeIfAbsent(permit.unit(), u -> new ArrayList<>()),
                                days)));
    return covered;
  }

  /** Lengthens the last stretch when the next overlaps it or follows on the day after. */
  private static void join(List<MeasurementPeriod> stretches, MeasurementPeriod next) {
    int last = stretches.size() - 1;
    if (last < 0 || next.start().isAfter(stretches.get(last).end().plusDays(1))) {
      stretches.add(next);
    } else if (next.end().isAfter(stretches.get(last).end())) {
      stretches.set(last, new MeasurementPeriod(stretches.get(last).start(), next.end()));
    }
  }
}
