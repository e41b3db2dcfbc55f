package se.nhv.fhir.reporting.national;

import java.util.Set;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.reporting.ReportHash;
import se.nhv.fhir.reporting.ReportingStep;

/**
 * What the authority says of a submitted revision: accepted, or returned with a reason.
 *
 * @param read the step
 */
record Answer(ReportStep read) {

  private static final Set<ReportingStep> ANSWERS =
      Set.of(ReportingStep.ACCEPTED, ReportingStep.RETURNED);

  /** Whether a step is an answer. */
  static boolean isOne(Provenance step) {
    return ReportStep.codeOf(step).filter(ANSWERS::contains).isPresent();
  }

  static Answer of(Provenance given) {
    ReportStep step = ReportStep.of(given);
    if (!ANSWERS.contains(step.code())) {
      throw Refusals.signOff("Provenance.activity", "must be mottagen or aterlamnad");
    }
    if (step.code() == ReportingStep.RETURNED && step.reason() == null) {
      throw Refusals.signOff("Provenance.reason", "is missing: it says what is to be corrected");
    }
    return new Answer(step);
  }

  /** The id of the report. */
  String id() {
    return read.reportId();
  }

  /** The version of the report. */
  String reference() {
    return ReportSteps.reference(id(), read.version());
  }

  /** The Provenance to keep. */
  Provenance step() {
    return read.about(reference());
  }

  /** Refuses an answer to anything but the latest revision, exactly as it is. */
  void requireAbout(MeasureReport latest) {
    int revision = NationalLevel.revision(latest);
    if (revision != read.version()) {
      throw new RevisionConflictException(
          "the latest revision of %s is %d: read that, and answer it".formatted(id(), revision));
    }
    if (!ReportHash.of(latest).equals(read.hash())) {
      throw Refusals.signOff("Provenance.extension(innehallshash)", "is of other content");
    }
  }

  /** The kept one, if the same person has said the same at the same time. */
  Provenance requireSame(Provenance kept) {
    Provenance mine = step();
    mine.setId(kept.getIdElement());
    if (!mine.equalsDeep(kept)) {
      throw new RevisionConflictException(
          "%s is %s already, by another answer; that one stands"
              .formatted(reference(), ReportStep.codeOf(kept).orElseThrow().code()));
    }
    return kept;
  }
}
