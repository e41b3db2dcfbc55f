package se.nhv.fhir.reporting.national;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The figures of one group of a Measure, of one report or of several together.
 *
 * @param populations the counts, in the order of the Measure's populations
 * @param moments of the values, none where the group has no observation
 * @param percentiles of the values; none where several reports stand together
 * @param patients how many patients the values come from; 0 where the basis is the patient
 * @param bortfall how many were not counted, by reason
 * @param strata for each stratifier of the Measure, by stratum the counts of the populations
 */
record GroupFigures(
    List<Long> populations,
    Moments moments,
    Percentiles percentiles,
    long patients,
    SortedMap<String, Long> bortfall,
    List<SortedMap<String, List<Long>>> strata) {

  /** All of them together; at least one, all of the same group. */
  static GroupFigures sum(List<GroupFigures> parts) {
    GroupFigures first = parts.get(0);
    List<Long> populations = zeros(first.populations.size());
    SortedMap<String, Long> bortfall = new TreeMap<>();
    List<SortedMap<String, List<Long>>> strata = new ArrayList<>();
    first.strata.forEach(stratifier -> strata.add(new TreeMap<>()));
    long patients = 0;
    for (GroupFigures part : parts) {
      add(populations, part.populations);
      part.bortfall.forEach((reason, count) -> bortfall.merge(reason, count, Math::addExact));
      patients += part.patients;
      for (int s = 0; s < strata.size(); s++) {
        SortedMap<String, List<Long>> sums = strata.get(s);
        part.strata
            .get(s)
            .forEach(
                (stratum, counts) ->
                    add(sums.computeIfAbsent(stratum, v -> zeros(counts.size())), counts));
      }
    }
    Moments moments = Moments.pooled(parts.stream().map(GroupFigures::moments).toList());
    return new GroupFigures(populations, moments, Percentiles.NONE, patients, bortfall, strata);
  }

  private static List<Long> zeros(int size) {
    List<Long> zeros = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      zeros.add(0L);
    }
    return zeros;
  }

  private static void add(List<Long> sums, List<Long> counts) {
    for (int i = 0; i < sums.size(); i++) {
      sums.set(i, Math.addExact(sums.get(i), counts.get(i)));
    }
  }
}
