package se.nhv.fhir.run.jobs;

import java.time.Duration;

/**
 * How jobs run.
 *
 * @param threads how many run at once on this server, at least 1
 * @param heartbeat how often a running job shows that its server lives; after six that fail to come
 *     another server takes it up, or the same one after its restart
 */
public record JobSettings(int threads, Duration heartbeat) {

  /** Refuses what lets nothing run with an IllegalArgumentException. */
  public JobSettings {
    if (threads < 1 || heartbeat.toMillis() < 1) {
      throw new IllegalArgumentException("jobs take 1 thread or more and a positive heartbeat");
    }
  }

  /** Four at once, and a heartbeat every 10 s. */
  public static JobSettings defaults() {
    return new JobSettings(4, Duration.ofSeconds(10));
  }
}
