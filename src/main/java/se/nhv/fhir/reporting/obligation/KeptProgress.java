package se.nhv.fhir.reporting.obligation;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportingStep;
import se.nhv.fhir.reporting.SignedStep;
import se.nhv.fhir.reporting.SignedSteps;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.signoff.SignedReport;

/**
 * How far reports have come by what is kept here: on the national side what was received and
 * answered; on the unit's side the signatures, and what was handed in elsewhere.
 *
 * @param signOffs of the unit's side
 * @param steps of the unit's side
 * @param national the national side of this store, asked for when it is needed
 * @param elsewhere the national side to which the units of this store hand in, when it is not here
 */
public record KeptProgress(
    SignOffs signOffs,
    SignedSteps steps,
    Supplier<NationalReports> national,
    NationalSteps elsewhere)
    implements ReportProgress {

  @Override
  public Progress of(String report) {
    Optional<MeasureReport> received = national.get().read(report);
    return received.isPresent() ? received(report, received.get()) : atTheUnit(report);
  }

  private Progress received(String report, MeasureReport latest) {
    long revision = Long.parseLong(latest.getMeta().getVersionId());
    Instant first =
        national.get().read(report, 1).orElse(latest).getMeta().getLastUpdated().toInstant();
    List<Provenance> kept = national.get().steps(report, revision);
    return answered(report, revision, first, kept, ReportHash.of(latest));
  }

  private Progress answered(
      String report, long revision, Instant first, List<Provenance> kept, String hash) {
    Optional<Provenance> answer =
        kept.stream()
            .filter(it -> is(it, ReportingStep.ACCEPTED) || is(it, ReportingStep.RETURNED))
            .max(Comparator.comparing(Provenance::getRecorded));
    if (answer.isEmpty()) {
      return new Progress(ObligationState.SUBMITTED, revision, first, null);
    }
    if (is(answer.get(), ReportingStep.ACCEPTED)) {
      return new Progress(ObligationState.ACCEPTED, revision, first, null);
    }
    String why = answer.get().getReasonFirstRep().getText();
    return new Progress(afterReturn(report, hash), revision, first, why);
  }

  /** What was returned counts as a draft until the report has changed. */
  private ObligationState afterReturn(String report, String returned) {
    Optional<SignedReport> working = signOffs.of(report);
    if (working.isEmpty()) {
      return ObligationState.OPEN;
    }
    return ReportHash.of(working.get().report()).equals(returned)
        ? ObligationState.DRAFT
        : state(working.get());
  }

  private Progress atTheUnit(String report) {
    List<SignedStep> submitted =
        steps.of(report).stream().filter(it -> it.step() == ReportingStep.SUBMITTED).toList();
    if (!submitted.isEmpty()) {
      Instant first = submitted.get(0).recorded();
      int revision = submitted.size();
      SignedStep last = submitted.get(revision - 1);
      return elsewhere
          .of(last.unit(), report, revision)
          .map(kept -> answered(report, revision, first, kept, last.hash()))
          .orElse(new Progress(ObligationState.SUBMITTED, revision, first, null, true));
    }
    return Progress.within(
        signOffs.of(report).map(KeptProgress::state).orElse(ObligationState.OPEN));
  }

  private static ObligationState state(SignedReport report) {
    return switch (report.state()) {
      case DRAFT -> ObligationState.DRAFT;
      case REVIEWED -> ObligationState.REVIEWED;
      case APPROVED -> ObligationState.APPROVED;
    };
  }

  private static boolean is(Provenance provenance, ReportingStep step) {
    return step.code().equals(provenance.getActivity().getCodingFirstRep().getCode());
  }
}
