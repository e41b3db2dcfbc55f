package se.nhv.fhir.intake.pull;

import java.time.Duration;

/**
 * How far a pull goes before a query counts as failed.
 *
 * @param pageSize resources asked for a page, at least 1
 * @param maxPages the most pages of one query, at least 1
 * @param timeout for one page, from the first byte sent to the last received
 * @param maxPageBytes the most bytes of one page
 * @param attempts how often a page is asked for when the answer may be passing, at least 1
 * @param longestWait the longest pause between two attempts, whatever the server asks
 */
public record PullLimits(
    int pageSize,
    int maxPages,
    Duration timeout,
    int maxPageBytes,
    int attempts,
    Duration longestWait) {

  /** Refuses limits that let nothing through with an IllegalArgumentException. */
  public PullLimits {
    if (pageSize < 1 || maxPages < 1 || maxPageBytes < 1 || attempts < 1) {
      throw new IllegalArgumentException("the limits of a pull must be at least 1");
    }
    if (timeout.isNegative() || timeout.isZero() || longestWait.isNegative()) {
      throw new IllegalArgumentException("the durations of a pull must be positive");
    }
  }

  /** 200 a page, 10,000 pages, 60 s and 32 MiB a page, 4 attempts at most 60 s apart. */
  public static PullLimits defaults() {
    return new PullLimits(200, 10_000, Duration.ofSeconds(60), 32 << 20, 4, Duration.ofSeconds(60));
  }
}
