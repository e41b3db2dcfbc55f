package se.nhv.fhir.reporting.signoff;

import java.util.Optional;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.reporting.SignedStep;

/**
 * One version of a report and who has signed it. A signature of other content does not count.
 *
 * @param report the report; its meta holds the version
 * @param review the signature of the one who reviewed it, or null
 * @param approval the signature of the one who approved it, or null; never without a review
 */
public record SignedReport(
    MeasureReport report, @Nullable SignedStep review, @Nullable SignedStep approval) {

  /** Its version, from 1. */
  public long version() {
    return Long.parseLong(report.getMeta().getVersionId());
  }

  /** How far it is signed off. */
  public SignOffState state() {
    if (review == null) {
      return SignOffState.DRAFT;
    }
    return approval == null ? SignOffState.REVIEWED : SignOffState.APPROVED;
  }

  /** Both signatures; empty unless it is approved. */
  public Optional<SignOff> signOff() {
    return review == null || approval == null
        ? Optional.empty()
        : Optional.of(new SignOff(review, approval));
  }

  /**
   * Both signatures.
   *
   * @param review of the one who reviewed it
   * @param approval of another, who approved it
   */
  public record SignOff(SignedStep review, SignedStep approval) {}
}
