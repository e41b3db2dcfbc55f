package se.nhv.fhir.run;

import se.nhv.fhir.measure.MeasureReference;

/** A Measure was asked for that has no content yet; the message says why, in Swedish. */
public final class NotComputableException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /** With the Measure's own reason. */
  public NotComputableException(MeasureReference measure, String why) {
    super(measure + ": " + why);
  }
}
