package se.nhv.fhir.reporting.national;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FreeText;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.SignedStep;

/**
 * What a unit submits, read and checked.
 *
 * @param id the id of the report
 * @param report the report
 * @param hash the hash of its content
 * @param signOffs who signed it
 * @param revision its number
 * @param reason why a revision; never null from the second
 */
record Submission(
    String id,
    SubmittedReport report,
    String hash,
    SignOffs signOffs,
    int revision,
    @Nullable String reason) {

  /** Refuses a revision without a number, or without a reason where it needs one. */
  Submission {
    if (revision < 1) {
      throw Refusals.signOff("revision", "must be a number from 1");
    }
    if (revision > 1 && (reason == null || reason.isBlank())) {
      throw Refusals.signOff("reason", "is missing: from revision 2 it says what was corrected");
    }
    if (reason != null && !FreeText.isHarmless(reason)) {
      throw Refusals.signOff("reason", "is too long, or holds a personal number");
    }
  }

  /** The version of the report here. */
  String reference() {
    return ReportSteps.reference(id, revision);
  }

  /** The steps to keep: who reviewed, who approved, and that it was submitted. */
  List<Provenance> steps(Instant now) {
    List<Provenance> steps = new ArrayList<>();
    signOffs.steps().forEach((code, step) -> steps.add(step.about(reference())));
    if (!signOffs.steps().containsKey(ReportingStep.SUBMITTED)) {
      steps.add(submitted(now));
    }
    for (Provenance step : steps) {
      if (ReportStep.codeOf(step).filter(ReportingStep.SUBMITTED::equals).isPresent()) {
        step.setReason(null);
        if (reason != null) {
          step.addReason().setText(reason);
        }
      }
    }
    return steps;
  }

  /** Whether that is what is kept: report, sign-offs and reason. */
  boolean isSameAs(MeasureReport kept, List<Provenance> steps) {
    String keptReason = null;
    List<Provenance> signed = new ArrayList<>();
    for (Provenance step : steps) {
      ReportingStep code = ReportStep.codeOf(step).orElseThrow();
      if (code == ReportingStep.SUBMITTED) {
        keptReason = step.hasReason() ? step.getReasonFirstRep().getText() : null;
      } else if (SignOffs.SIGNED.contains(code)) {
        signed.add(step);
      }
    }
    String keptHash = ReportHash.of(kept);
    return keptHash.equals(hash)
        && Objects.equals(keptReason, reason)
        && SignOffs.of(signed, id, report.unit(), keptHash).isSameAs(signOffs);
  }

  /** Where no person is named, the unit itself has submitted, when it was received. */
  private Provenance submitted(Instant now) {
    Unit unit = report.unit();
    Provenance step = new Provenance();
    step.addTarget().setReference(reference());
    step.setRecordedElement(new InstantType(now.toString()));
    step.getActivity()
        .addCoding()
        .setSystem(SignedStep.STEPS)
        .setCode(ReportingStep.SUBMITTED.code());
    Reference who = new Reference().setDisplay(unit.hsaId());
    who.getIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit.hsaId());
    step.addAgent().setWho(who).setOnBehalfOf(new Reference("Organization/" + unit));
    step.addExtension(SignedStep.HASH, new StringType(hash));
    return step;
  }
}
