package se.nhv.fhir.intake.bulk;

import java.time.Duration;

/**
 * How long an export is waited for, and how much of it is taken.
 *
 * @param firstPoll the shortest pause between two questions whether it is ready, and the first one
 * @param longestPoll the longest such pause, whatever the endpoint asks
 * @param longestExport how long it is waited for in one run; the next run waits on
 * @param maxFileBytes the most bytes of one file
 */
public record BulkLimits(
    Duration firstPoll, Duration longestPoll, Duration longestExport, long maxFileBytes) {

  /** Refuses limits that let nothing through with an IllegalArgumentException. */
  public BulkLimits {
    boolean inOrder =
        !firstPoll.isNegative()
            && !firstPoll.isZero()
            && firstPoll.compareTo(longestPoll) <= 0
            && longestPoll.compareTo(longestExport) <= 0;
    if (!inOrder || maxFileBytes < 1) {
      throw new IllegalArgumentException(
          "the limits of an export must be positive, and no pause longer than the next limit");
    }
  }

  /** Pauses from 1 s to 5 min, 12 hours in all, 64 GiB a file. */
  public static BulkLimits defaults() {
    return new BulkLimits(
        Duration.ofSeconds(1), Duration.ofMinutes(5), Duration.ofHours(12), 64L << 30);
  }
}
