package se.nhv.fhir.reporting.national;

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

  /** Reports that cannot be pooled with each other. */
  static ReportRefusedException selection(String why) {
    return new ReportRefusedException(
        "the selection of reports " + why + "; nothing was pooled. Choose other units or years");
  }
}
