package se.nhv.fhir.cli;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Signatory;
import se.nhv.fhir.reporting.signoff.SignOffs;
import se.nhv.fhir.reporting.submission.Submissions;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * Two invented people at each unit: one reviews its reports, the other approves them, and they are
 * submitted.
 *
 * @param signOffs where they sign
 * @param submissions where they submit
 * @param year in whose March they do so
 */
record DemoSignOff(SignOffs signOffs, Submissions submissions, ReportingYear year) {

  /** The one who reviews. */
  static Signatory reviewer(SyntheticUnit unit) {
    return new Signatory(unit.unit() + "-P1", "Alva Påhittad");
  }

  /** The one who approves. */
  static Signatory approver(SyntheticUnit unit) {
    return new Signatory(unit.unit() + "-P2", "Bror Påhittad");
  }

  /** Reviews, approves and submits all of them. */
  void submit(SyntheticUnit unit, List<MeasureReport> reports) {
    review(unit, reports);
    Unit of = unit.unit();
    for (MeasureReport report : reports) {
      String id = report.getIdElement().getIdPart();
      signOffs.approve(id, version(report), approver(unit), march(18));
      submissions.submit(submissions.order(of, id, approver(unit), null, march(20)));
    }
  }

  /** Reviews all of them and leaves them so. */
  void review(SyntheticUnit unit, List<MeasureReport> reports) {
    for (MeasureReport report : reports) {
      String id = report.getIdElement().getIdPart();
      signOffs.review(id, version(report), reviewer(unit), march(17));
    }
  }

  private Instant march(int day) {
    return LocalDate.of(year.value(), Month.MARCH, day).atTime(9, 0).toInstant(ZoneOffset.UTC);
  }

  private static long version(MeasureReport report) {
    return Long.parseLong(report.getMeta().getVersionId());
  }
}
