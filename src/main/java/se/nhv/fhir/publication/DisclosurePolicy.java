package se.nhv.fhir.publication;

/**
 * What may be published, by version. Immutable.
 *
 * <p>The rule by which a release is audited: from all that is published, in this and every earlier
 * release, an integer programme bounds each hidden count. If the count itself is protected (1 to
 * {@link #largestProtected()}), every value of that range and the one above it must remain between
 * its bounds, so that it is not even certain that it is protected. If it is hidden for the sake of
 * another, its bounds must be at least as far apart as the ends of that range ({@link
 * #requiredWidth()}). A rate that is hidden for its few cases cannot be worked out, because a count
 * that it takes is hidden with it and in every later release: the numerator, or the denominator
 * where an earlier release has shown the numerator.
 *
 * @param version the version of the policy, as each release tells it
 * @param smallestCount the smallest count above zero that is shown
 * @param smallestDenominator the smallest denominator, without exclusions and exceptions, of a rate
 *     that is shown
 * @param smallestForPercentiles the fewest values of which percentiles are shown
 * @param smallestForMoments the fewest values of which mean and standard deviation are shown
 */
public record DisclosurePolicy(
    String version,
    int smallestCount,
    int smallestDenominator,
    int smallestForPercentiles,
    int smallestForMoments) {

  /**
   * No count 1 to 4, no rate on fewer than 10, percentiles only from 10, mean and SD not under 5.
   */
  public static final DisclosurePolicy DEFAULT = new DisclosurePolicy("1.0.0", 5, 10, 10, 5);

  /** Refuses limits below 1 with an IllegalArgumentException. */
  public DisclosurePolicy {
    int least =
        Math.min(
            Math.min(smallestCount, smallestDenominator),
            Math.min(smallestForPercentiles, smallestForMoments));
    if (least < 1) {
      throw new IllegalArgumentException(
          "a limit of " + least + " in disclosure policy " + version + ": each is at least 1");
    }
  }

  /** The largest count that is hidden for its own sake; 0 if none is. */
  public int largestProtected() {
    return smallestCount - 1;
  }

  /** Whether a count of that size is hidden for its own sake. */
  public boolean protects(long count) {
    return count >= 1 && count < smallestCount;
  }

  /** How far apart the bounds of every hidden count must be. */
  public int requiredWidth() {
    return Math.max(1, largestProtected() - 1);
  }

  /** Whether a rate on so many is hidden; 0 has no rate. */
  boolean hidesRate(long denominator) {
    return denominator >= 1 && denominator < smallestDenominator;
  }

  /** Whether mean and standard deviation of so many values are hidden. */
  boolean hidesMoments(long values) {
    return values >= 1 && values < smallestForMoments;
  }

  /** Whether percentiles of so many values are hidden. */
  boolean hidesPercentiles(long values) {
    return values >= 1 && values < smallestForPercentiles;
  }
}
