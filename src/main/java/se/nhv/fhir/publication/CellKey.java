package se.nhv.fhir.publication;

import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * One cell of the cube.
 *
 * @param report whose figures of which Measure and period
 * @param group the code of the group
 * @param stratifier the code of the stratifier, or empty for the whole group
 * @param stratum the stratum's value, or empty for the whole group
 * @param statistic the code of a population, or one of the constants here
 */
public record CellKey(
    ReportKey report, String group, String stratifier, String stratum, String statistic)
    implements Comparable<CellKey> {

  /** The rate of a proportion. */
  public static final String SCORE = "score";

  /** How many values a mean is of. */
  public static final String COUNT = "count";

  /** How many patients those values come from. */
  public static final String PATIENTS = "patients";

  static final String MEAN = "mean";
  static final String DEVIATION = "standard-deviation";
  static final List<String> QUANTITIES = List.of(MEAN, DEVIATION, "p10", "median", "p90");
  static final String INITIAL_POPULATION = "initial-population";
  static final String DENOMINATOR = "denominator";
  static final String NUMERATOR = "numerator";
  static final String MEASURE_POPULATION = "measure-population";
  static final String OBSERVATION = "measure-observation";

  static final String EXCLUSION = "denominator-exclusion";
  static final String EXCEPTION = "denominator-exception";

  /** What stands beside the denominator and is not in a rate. */
  static final List<String> TAKEN_OUT = List.of(EXCLUSION, EXCEPTION);

  private static final Set<String> MOMENTS = Set.of(MEAN, DEVIATION);
  private static final Comparator<CellKey> ORDER =
      Comparator.comparing(CellKey::report)
          .thenComparing(CellKey::group)
          .thenComparing(CellKey::stratifier)
          .thenComparing(CellKey::stratum)
          .thenComparing(CellKey::statistic);

  /** Whether the cell holds a count and not what is worked out from values or counts. */
  public boolean isCount() {
    return !statistic.equals(SCORE) && !isQuantity();
  }

  /** Whether it is a mean or standard deviation. */
  boolean isMoment() {
    return MOMENTS.contains(statistic);
  }

  boolean isQuantity() {
    return QUANTITIES.contains(statistic);
  }

  /** Whether it speaks of a whole group. */
  boolean isWhole() {
    return stratifier.isEmpty();
  }

  CellKey of(ReportKey other) {
    return new CellKey(other, group, stratifier, stratum, statistic);
  }

  CellKey with(String otherStatistic) {
    return new CellKey(report, group, stratifier, stratum, otherStatistic);
  }

  CellKey inGroup(String other) {
    return new CellKey(report, other, stratifier, stratum, statistic);
  }

  CellKey in(String otherStratifier, String otherStratum) {
    return new CellKey(report, group, otherStratifier, otherStratum, statistic);
  }

  @Override
  public int compareTo(CellKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    String place = isWhole() ? group : group + ", " + stratifier + " " + stratum;
    return statistic + " in " + place + " of " + report;
  }
}
