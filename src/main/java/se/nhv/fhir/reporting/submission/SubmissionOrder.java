package se.nhv.fhir.reporting.submission;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Signatory;

/**
 * That a version of a report is to be handed in.
 *
 * @param unit whose report it is
 * @param report its id
 * @param version its version at the unit, from 1
 * @param ordered when that was asked for, to the millisecond
 * @param who the person who asked, or null if the unit's system did
 * @param reason what was corrected, or null
 */
public record SubmissionOrder(
    Unit unit,
    String report,
    long version,
    Instant ordered,
    @Nullable Signatory who,
    @Nullable String reason) {

  /** Cuts the time to the millisecond, as FHIR keeps it. */
  public SubmissionOrder {
    ordered = Instant.ofEpochMilli(ordered.toEpochMilli());
  }
}
