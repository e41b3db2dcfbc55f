package se.nhv.fhir.publication;

import java.util.Comparator;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * Whose figures of which Measure and period.
 *
 * @param reporter the HSA-id of a unit, or {@link #NATIONAL}
 * @param measure the Measure with its version
 * @param period the measurement period
 */
public record ReportKey(String reporter, MeasureReference measure, MeasurementPeriod period)
    implements Comparable<ReportKey> {

  /** The reporter of the national figures; no unit can have that id. */
  public static final String NATIONAL = "riket";

  private static final Comparator<ReportKey> ORDER =
      Comparator.comparing(ReportKey::measure)
          .thenComparing(key -> key.period().start())
          .thenComparing(key -> key.period().end())
          .thenComparing(ReportKey::isNational)
          .thenComparing(ReportKey::reporter);

  /** Whether these are national figures. */
  public boolean isNational() {
    return reporter.equals(NATIONAL);
  }

  @Override
  public int compareTo(ReportKey other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return measure + " of " + reporter + " for " + period;
  }
}
