package se.nhv.fhir.reporting.obligation;

import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.reporting.FreeText;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.national.NationalReports;

/**
 * The authority's answers to what was handed in. Safe for use by many threads at once.
 *
 * @param national the national side, asked for when it is needed
 */
public record Answers(Supplier<NationalReports> national) {

  private static final Signatory AUTHORITY =
      new Signatory(SignedStep.AUTHORITY.hsaId(), "Socialstyrelsen");

  /**
   * Accepts every report of an obligation, durably and all at once; what is accepted already stays
   * so.
   *
   * @throws ObligationStateException if not all of them are handed in
   */
  public void accept(Obligation obligation, Instant now) {
    if (!obligation.isSubmitted()) {
      throw new ObligationStateException(
          "not every report of " + obligation.id() + " is handed in: accept it when they are");
    }
    national
        .get()
        .answer(
            submitted(obligation).stream()
                .map(it -> answer(it, ReportingStep.ACCEPTED, null, now))
                .toList());
  }

  /**
   * Returns every report of an obligation that is handed in and not accepted, durably and all at
   * once.
   *
   * @param reason what is to be corrected, for the unit to read
   * @throws ObligationStateException if there is none
   * @throws IllegalArgumentException if the reason is empty, too long or may identify a person
   */
  public void giveBack(Obligation obligation, String reason, Instant now) {
    String why = FreeText.reason(reason);
    List<Obligation.Due> waiting = submitted(obligation);
    if (waiting.isEmpty()) {
      throw new ObligationStateException(
          "no report of " + obligation.id() + " waits for an answer: there is nothing to return");
    }
    national
        .get()
        .answer(waiting.stream().map(it -> answer(it, ReportingStep.RETURNED, why, now)).toList());
  }

  private static List<Obligation.Due> submitted(Obligation obligation) {
    return obligation.reports().stream()
        .filter(it -> it.progress().state() == ObligationState.SUBMITTED)
        .toList();
  }

  private Provenance answer(
      Obligation.Due due, ReportingStep step, @Nullable String reason, Instant now) {
    long revision = due.progress().revision();
    MeasureReport report =
        national
            .get()
            .read(due.id(), revision)
            .orElseThrow(() -> new ObligationStateException(due.id() + " was handed in elsewhere"));
    return new SignedStep(
            step,
            due.id(),
            revision,
            ReportHash.of(report),
            AUTHORITY,
            SignedStep.AUTHORITY,
            now,
            reason)
        .provenance();
  }
}
