package se.nhv.fhir.evaluation;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What all patients so far add up to in one group of a Measure. Not safe for many threads. */
public final class GroupTally {

  private final long[] populations;
  private final List<SortedMap<String, long[]>> strata;
  private final SortedMap<String, Long> bortfall = new TreeMap<>();
  private final Values values = new Values();
  private long patientsWithValues;

  GroupTally(int populations, int stratifiers) {
    this.populations = new long[populations];
    this.strata =
        Stream.<SortedMap<String, long[]>>generate(TreeMap::new).limit(stratifiers).toList();
  }

  void add(GroupContribution contribution) {
    addTo(populations, contribution.populations());
    contribution.observations().forEach(values::add);
    patientsWithValues += contribution.observations().isEmpty() ? 0 : 1;
    contribution.bortfall().forEach((reason, count) -> addBortfall(reason, count));
    for (int i = 0; i < strata.size(); i++) {
      SortedMap<String, long[]> stratifier = strata.get(i);
      contribution
          .strata()
          .get(i)
          .forEach((value, counts) -> addTo(stratum(stratifier, value), counts));
    }
  }

  void merge(GroupTally other) {
    addTo(populations, other.populations);
    values.merge(other.values);
    patientsWithValues += other.patientsWithValues;
    other.bortfall.forEach(this::addBortfall);
    for (int i = 0; i < strata.size(); i++) {
      SortedMap<String, long[]> stratifier = strata.get(i);
      other.strata.get(i).forEach((value, counts) -> addTo(stratum(stratifier, value), counts));
    }
  }

  void addBortfall(String reason, long count) {
    if (count != 0) {
      bortfall.merge(reason, count, Long::sum);
    }
  }

  /** The count of the population at that place in the group. */
  public long population(int index) {
    return populations[index];
  }

  /** The values of the measure-observation. */
  public Values values() {
    return values;
  }

  /** How many patients have a value. */
  public long patientsWithValues() {
    return patientsWithValues;
  }

  /** How many are reported as not counted, by reason, without zeros. */
  public SortedMap<String, Long> bortfall() {
    return bortfall;
  }

  /** The populations by stratum value, of the stratifier at that place in the group. */
  public SortedMap<String, long[]> strata(int stratifier) {
    return strata.get(stratifier);
  }

  private long[] stratum(SortedMap<String, long[]> stratifier, String value) {
    return stratifier.computeIfAbsent(value, v -> new long[populations.length]);
  }

  private static void addTo(long[] sums, List<Integer> counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts.get(i);
    }
  }

  private static void addTo(long[] sums, long[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }
}
