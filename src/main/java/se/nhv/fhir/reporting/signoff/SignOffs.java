package se.nhv.fhir.reporting.signoff;

import ca.uhn.fhir.context.FhirContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.Reporters;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.signoff.SignOffRefusedException.Reason;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.VersionConflictException;

/**
 * The signatures on the reports that a unit works on. Of those who sign at once one signs; a
 * signature that is acknowledged is there after any fault. Safe for use by many threads at once, on
 * several servers over one database.
 */
public final class SignOffs {

  private static final int MOST_ATTEMPTS = 5;

  private final ResourceStore store;
  private final Reports reports;
  private final SignedSteps steps;

  /** Over the reports store. */
  public SignOffs(ResourceStore store) {
    this.store = store;
    this.reports = new Reports(store, FhirContext.forR4Cached());
    this.steps = SignedSteps.working(store);
  }

  /**
   * Signs a report as reviewed; a second time by the same person changes nothing.
   *
   * @param report the id of the report
   * @param version the version that was looked through, which must be the latest
   * @param who the person
   * @param now when
   * @return the signature that stands
   * @throws SignOffRefusedException if it cannot be signed, or another has
   */
  public SignedStep review(String report, long version, Signatory who, Instant now) {
    return untilThrough(() -> reviewOnce(report, version, who, now));
  }

  /**
   * Signs a report that another has reviewed as approved; a second time by the same person changes
   * nothing. Parameters as of {@link #review}.
   *
   * @throws SignOffRefusedException if it cannot be signed, or another has
   */
  public SignedStep approve(String report, long version, Signatory who, Instant now) {
    return untilThrough(() -> approveOnce(report, version, who, now));
  }

  /** The latest version of the report and who has signed it; empty if there is no such report. */
  public Optional<SignedReport> of(String report) {
    return reports.read(report).map(this::signed);
  }

  /** That version of the report and who has signed it; empty if there is none. */
  public Optional<SignedReport> of(String report, long version) {
    return reports.read(report, version).map(this::signed);
  }

  private SignedStep reviewOnce(String report, long version, Signatory who, Instant now) {
    MeasureReport latest = latest(report, version);
    Optional<SignedStep> review = steps.of(report, version, ReportingStep.REVIEWED);
    if (review.isPresent()) {
      if (!review.get().who().isSamePersonAs(who)) {
        throw refused(Reason.ALREADY_REVIEWED, "another person has reviewed it: approve it");
      }
      return review.get();
    }
    return sign(latest, step(ReportingStep.REVIEWED, latest, who, now));
  }

  private SignedStep approveOnce(String report, long version, Signatory who, Instant now) {
    MeasureReport latest = latest(report, version);
    SignedStep review =
        steps
            .of(report, version, ReportingStep.REVIEWED)
            .orElseThrow(
                () -> refused(Reason.NOT_REVIEWED, "nobody has reviewed it: review it first"));
    if (review.who().isSamePersonAs(who)) {
      throw refused(Reason.SAME_PERSON, "who has reviewed it cannot approve it: another must");
    }
    SignedStep approval = step(ReportingStep.APPROVED, latest, who, now);
    if (!approval.hash().equals(review.hash())) {
      throw refused(
          Reason.OTHER_CONTENT, "what was reviewed is not what is kept: evaluate the report again");
    }
    Optional<SignedStep> standing = steps.of(report, version, ReportingStep.APPROVED);
    if (standing.isPresent()) {
      if (!standing.get().who().isSamePersonAs(who)) {
        throw refused(Reason.ALREADY_APPROVED, "another person has approved it");
      }
      return standing.get();
    }
    return sign(latest, later(approval, review.recorded()));
  }

  /** A clock that was set back does not make an approval older than its review. */
  private static SignedStep later(SignedStep step, Instant earliest) {
    return step.recorded().isBefore(earliest)
        ? new SignedStep(
            step.step(),
            step.report(),
            step.version(),
            step.hash(),
            step.who(),
            step.unit(),
            earliest,
            step.reason())
        : step;
  }

  private MeasureReport latest(String report, long version) {
    MeasureReport latest =
        reports
            .read(report)
            .orElseThrow(() -> refused(Reason.NO_REPORT, "there is no report " + report));
    if (Long.parseLong(latest.getMeta().getVersionId()) != version) {
      throw refused(
          Reason.NOT_LATEST,
          "version "
              + version
              + " is not the latest, which is "
              + latest.getMeta().getVersionId()
              + ": read that one and sign it");
    }
    if (latest.getStatus() != MeasureReportStatus.COMPLETE) {
      throw refused(Reason.NOT_COMPLETE, "the report is not complete: evaluate it again");
    }
    return latest;
  }

  /** Only while the version that is signed is the latest, and nobody else has taken the step. */
  private SignedStep sign(MeasureReport latest, SignedStep step) {
    store.apply(List.of(reports.unchanged(latest.getIdPart(), step.version()), steps.change(step)));
    return step;
  }

  private static SignedStep step(
      ReportingStep step, MeasureReport report, Signatory who, Instant now) {
    return new SignedStep(
        step,
        report.getIdPart(),
        Long.parseLong(report.getMeta().getVersionId()),
        ReportHash.of(report),
        who,
        Reporters.unit(report),
        now,
        null);
  }

  private SignedReport signed(MeasureReport report) {
    long version = Long.parseLong(report.getMeta().getVersionId());
    String hash = ReportHash.of(report);
    @Nullable SignedStep review = counted(report, version, ReportingStep.REVIEWED, hash);
    @Nullable SignedStep approval = counted(report, version, ReportingStep.APPROVED, hash);
    return new SignedReport(report, review, review == null ? null : approval);
  }

  private @Nullable SignedStep counted(
      MeasureReport report, long version, ReportingStep step, String hash) {
    return steps
        .of(report.getIdPart(), version, step)
        .filter(it -> it.hash().equals(hash))
        .orElse(null);
  }

  private static SignedStep untilThrough(Supplier<SignedStep> attempt) {
    for (int i = 1; ; i++) {
      try {
        return attempt.get();
      } catch (VersionConflictException e) { // another signed, or the report changed: look again
        if (i == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static SignOffRefusedException refused(Reason reason, String message) {
    return new SignOffRefusedException(reason, message);
  }
}
