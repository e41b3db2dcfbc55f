package se.nhv.fhir.reporting.national;

import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Provenance;
import se.nhv.fhir.reporting.ReportHash;

/**
 * What the authority says of a submitted revision: accepted, or returned with a reason.
 *
 * @param read the step
 */
record Answer(ReportStep read) {

  private static final String ACCEPTED = "mottagen";
  static final String RETURNED = "aterlamnad";
  static final List<String> CODES = List.of(ACCEPTED, RETURNED);

  static Answer of(Provenance given) {
    ReportStep step = ReportStep.of(given);
    if (!CODES.contains(step.code())) {
      throw Refusals.signOff("Provenance.activity", "must be mottagen or aterlamnad");
    }
    if (step.code().equals(RETURNED) && step.reason() == null) {
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

  String code() {
    return read.code();
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
          "%s is %s already, by another answer; that one stands".formatted(reference(), code()));
    }
    return kept;
  }
}
