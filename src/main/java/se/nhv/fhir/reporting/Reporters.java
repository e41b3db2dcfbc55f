package se.nhv.fhir.reporting;

import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.measure.Unit;

/** Who reports. */
public final class Reporters {

  private static final String ORGANIZATION = "Organization/";

  private Reporters() {}

  /**
   * The unit whose report it is.
   *
   * @throws ReportRefusedException if it is not a unit's
   */
  public static Unit unit(MeasureReport report) {
    String reference = report.getReporter().getReference();
    if (reference == null || !reference.startsWith(ORGANIZATION)) {
      throw new ReportRefusedException(
          "MeasureReport.reporter must be a unit, Organization/<HSA-id>; sign and hand in units'"
              + " reports only");
    }
    return new Unit(reference.substring(ORGANIZATION.length()));
  }
}
