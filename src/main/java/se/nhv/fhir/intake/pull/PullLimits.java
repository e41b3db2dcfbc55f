package se.nhv.fhir.intake.pull;

import java.time.Duration;

/**
 * How far a pull goes before a query counts as failed, and how fast.
 *
 * @param pageSize resources asked for a page, at least 1
 * @param maxPages the most pages of one query, at least 1
 * @param timeout for one page, from the first byte sent to the last received
 * @param maxPageBytes the most bytes of one page
 * @param attempts how often a page is asked for when the answer may be passing, at least 1
 * @param longestWait the longest pause between two attempts, whatever the server asks
 * @param longestTotalWait the most that all pauses of one page may come to
 * @param requestsPerSecond the most requests to the endpoint in a second, more than 0
 * @param parallel the most requests in flight, and so the most queries at once, at least 1
 */
public record PullLimits(
    int pageSize,
    int maxPages,
    Duration timeout,
    int maxPageBytes,
    int attempts,
    Duration longestWait,
    Duration longestTotalWait,
    double requestsPerSecond,
    int parallel) {

  private static final double MOST_REQUESTS = 10_000;

  /** Refuses limits that let nothing through with an IllegalArgumentException. */
  public PullLimits {
    if (pageSize < 1 || maxPages < 1 || maxPageBytes < 1 || attempts < 1 || parallel < 1) {
      throw new IllegalArgumentException("the limits of a pull must be at least 1");
    }
    if (timeout.isNegative()
        || timeout.isZero()
        || longestWait.isNegative()
        || longestTotalWait.isNegative()) {
      throw new IllegalArgumentException("the durations of a pull must be positive");
    }
    if (!(requestsPerSecond > 0 && requestsPerSecond <= MOST_REQUESTS)) {
      throw new IllegalArgumentException("a pull makes more than 0 and at most 10,000 requests/s");
    }
  }

  /** The pace of {@link #defaults}, and pauses of one page bounded by their number alone. */
  public PullLimits(
      int pageSize,
      int maxPages,
      Duration timeout,
      int maxPageBytes,
      int attempts,
      Duration longestWait) {
    this(
        pageSize,
        maxPages,
        timeout,
        maxPageBytes,
        attempts,
        longestWait,
        longestWait.multipliedBy(attempts),
        50,
        4);
  }

  /**
   * 200 a page, 10,000 pages, 60 s and 32 MiB a page, 4 attempts at most 60 s apart and 3 minutes
   * in all, 50 requests a second, 4 at once.
   */
  public static PullLimits defaults() {
    return new PullLimits(200, 10_000, Duration.ofSeconds(60), 32 << 20, 4, Duration.ofSeconds(60))
        .withLongestTotalWait(Duration.ofMinutes(3));
  }

  /** The same at another pace. */
  public PullLimits withPace(double requests, int inFlight) {
    return new PullLimits(
        pageSize,
        maxPages,
        timeout,
        maxPageBytes,
        attempts,
        longestWait,
        longestTotalWait,
        requests,
        inFlight);
  }

  /** The same with another bound on all pauses of one page. */
  public PullLimits withLongestTotalWait(Duration longest) {
    return new PullLimits(
        pageSize,
        maxPages,
        timeout,
        maxPageBytes,
        attempts,
        longestWait,
        longest,
        requestsPerSecond,
        parallel);
  }
}
