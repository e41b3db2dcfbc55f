package se.nhv.fhir.reporting.submission;

import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * A report on its way to the national side.
 *
 * @param report the summary, with its id
 * @param steps its Provenances: who reviewed, who approved, and who handed it in
 * @param revision its number, from 1
 * @param reason what was corrected, or null; needed from revision 2
 */
public record OutgoingReport(
    MeasureReport report, List<Provenance> steps, int revision, @Nullable String reason) {

  /** Copies the list. */
  public OutgoingReport {
    steps = List.copyOf(steps);
  }
}
