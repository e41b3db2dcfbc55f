package se.nhv.fhir.intake.pull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;

/**
 * Pulls one unit's data from a hospital's FHIR R4 endpoint into the intake: a search for each
 * accepted type, all its pages. A query that fails is named and the others go on; what has arrived
 * stays. The same pull again has no further effect. Stateless; safe for use by many threads at
 * once.
 */
public final class FhirPull {

  private static final Logger LOG = LoggerFactory.getLogger(FhirPull.class);

  private final Intake intake;

  /** Pulls into that intake. */
  public FhirPull(Intake intake) {
    this.intake = intake;
  }

  /**
   * Pulls everything, one query after another, on the calling thread.
   *
   * @param unit whose endpoint it is
   * @param endpoint where to ask, and how far to go
   * @param progress told of each page
   */
  public PullOutcome pull(Unit unit, FhirEndpoint endpoint, PullProgress progress) {
    PageClient client = new PageClient(endpoint);
    List<PullOutcome.Query> queries = new ArrayList<>();
    for (String type : AcceptedTypes.ALL) {
      Instant start = Instant.now();
      PullOutcome.Query query =
          new TypeQuery(client, endpoint, type, new Deliveries(intake, unit), progress).run();
      queries.add(query);
      LOG.info(
          "Pulled {} for unit {}: {} pages, {} resources, {} refused, {}, in {} ms",
          type,
          unit,
          query.pages(),
          query.resources(),
          query.refused().size(),
          query.failure() == null ? "to the end" : "failed: " + query.failure(),
          Duration.between(start, Instant.now()).toMillis());
    }
    return new PullOutcome(unit, queries);
  }
}
