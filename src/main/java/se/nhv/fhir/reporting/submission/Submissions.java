package se.nhv.fhir.reporting.submission;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FreeText;
import se.nhv.fhir.reporting.Reporters;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.signoff.SignedReport;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.VersionConflictException;

/**
 * Hands in what two people have signed. The number of a revision is that of the versions handed in
 * before it, plus one; that a version is handed in stands as a step on the unit's side, too. For
 * one unit at a time by one thread at a time; a crash at any moment is made good by doing the same
 * again.
 */
public final class Submissions {

  private static final String SYSTEM = "Enhetens system";

  private final SignOffs signOffs;
  private final SignedSteps steps;
  private final Reports reports;
  private final NationalSide national;

  /** From the reports store of the unit's side. */
  public Submissions(ResourceStore store, NationalSide national) {
    this.signOffs = new SignOffs(store);
    this.steps = SignedSteps.working(store);
    this.reports = new Reports(store, FhirContext.forR4Cached());
    this.national = national;
  }

  /**
   * What is to be handed in: the latest version of the report. Nothing is handed in yet.
   *
   * @param unit who asks, whose report it must be
   * @param who the person who asks, or null if the unit's system does
   * @param reason what was corrected; needed for every revision after the first
   * @throws SubmissionRefusedException if there is no such report of the unit, or it is not
   *     approved, or a revision has no reason
   * @throws IllegalArgumentException if the reason is too long or may identify a person
   */
  public SubmissionOrder order(
      Unit unit, String report, @Nullable Signatory who, @Nullable String reason, Instant now) {
    String why = reason == null || reason.isBlank() ? null : FreeText.reason(reason);
    SignedReport latest =
        signOffs
            .of(report)
            .filter(it -> Reporters.unit(it.report()).equals(unit))
            .orElseThrow(() -> new SubmissionRefusedException("there is no report " + report));
    requireSigned(latest);
    List<SignedStep> before = submitted(report);
    if (why == null && before.stream().anyMatch(it -> it.version() != latest.version())) {
      throw new SubmissionRefusedException(
          "an earlier version of "
              + report
              + " is handed in: say by reason what was corrected, for others to read");
    }
    return new SubmissionOrder(unit, report, latest.version(), now, who, why);
  }

  /**
   * Hands it in, unless that version is.
   *
   * @throws SubmissionRefusedException if it is not taken, and will not be
   * @throws SubmissionPostponedException if no answer came; do the same again later
   */
  public Receipt submit(SubmissionOrder order) {
    List<SignedStep> before = submitted(order.report());
    for (int i = 0; i < before.size(); i++) {
      if (before.get(i).version() == order.version()) {
        return new Receipt(order.report(), i + 1L);
      }
    }
    requireNewer(order, before);
    SignedReport signed =
        signOffs
            .of(order.report(), order.version())
            .filter(it -> Reporters.unit(it.report()).equals(order.unit()))
            .orElseThrow(
                () -> new SubmissionRefusedException("there is no report " + order.report()));
    SignedReport.SignOff signOff = requireSigned(signed);
    SignedStep submission = step(order, signOff);
    Receipt receipt =
        national.submit(
            new OutgoingReport(
                reports.summary(signed.report()),
                List.of(
                    signOff.review().provenance(),
                    signOff.approval().provenance(),
                    submission.provenance()),
                before.size() + 1,
                order.reason()));
    note(submission);
    return receipt;
  }

  /** A run that failed and is resumed late must not undo what was corrected since. */
  private static void requireNewer(SubmissionOrder order, List<SignedStep> before) {
    if (before.stream().anyMatch(it -> it.version() > order.version())) {
      throw new SubmissionRefusedException(
          "a later version of "
              + order.report()
              + " is handed in than version "
              + order.version()
              + ": that one stands");
    }
  }

  private static SignedReport.SignOff requireSigned(SignedReport report) {
    return report
        .signOff()
        .orElseThrow(
            () ->
                new SubmissionRefusedException(
                    "version "
                        + report.version()
                        + " of "
                        + report.report().getIdPart()
                        + " is not approved: one person reviews it, then another approves it"));
  }

  private static SignedStep step(SubmissionOrder order, SignedReport.SignOff signOff) {
    Signatory who =
        Optional.ofNullable(order.who())
            .orElseGet(() -> new Signatory(order.unit().hsaId(), SYSTEM));
    return new SignedStep(
        ReportingStep.SUBMITTED,
        order.report(),
        order.version(),
        signOff.approval().hash(),
        who,
        order.unit(),
        order.ordered(),
        order.reason());
  }

  private List<SignedStep> submitted(String report) {
    return steps.of(report).stream().filter(it -> it.step() == ReportingStep.SUBMITTED).toList();
  }

  private void note(SignedStep submission) {
    try {
      steps.add(submission);
    } catch (VersionConflictException e) {
      // It was noted already, by another server that did the same.
    }
  }
}
