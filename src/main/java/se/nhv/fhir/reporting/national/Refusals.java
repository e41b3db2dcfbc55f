package se.nhv.fhir.reporting.national;

import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportRefusedException;

/** Says what of a submission was refused, and the way out; never its values. */
final class Refusals {

  private Refusals() {}

  /** The report itself must be made again. */
  static ReportRefusedException report(String place, String why) {
    return new ReportRefusedException(
        place + " " + why + "; nothing was received. Compute the report again and sign it off");
  }

  /** The report may stand as it is; what goes with it must be mended. */
  static ReportRefusedException signOff(String place, String why) {
    return new ReportRefusedException(
        place + " " + why + "; nothing was received. Correct it and submit again");
  }

  /** A unit that does not owe what it submits. */
  static ReportRefusedException permit(Unit unit, Area area) {
    return new ReportRefusedException(
        "MeasureReport.reporter: %s held no permit for %s on any day of the period; nothing was"
                .formatted(unit, area)
            + " received. Report for the areas of the permits, or have the permit entered on the"
            + " national side (nhv.permits) and submit again");
  }

  /** Reports that cannot be pooled with each other. */
  static ReportRefusedException selection(String why) {
    return new ReportRefusedException(
        "the selection of reports " + why + "; nothing was pooled. Choose other units or years");
  }
}
