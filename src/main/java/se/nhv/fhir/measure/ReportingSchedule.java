package se.nhv.fhir.measure;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a Measure is owed and for which measurement period, as its seed document says under
 * "Inrapportering".
 *
 * @param lag whole years from the measurement period to the reporting year, at least 1
 * @param first the first reporting year and its period; null for a proposal, which is never owed
 * @param last the last reporting year, or null while the Measure is in force
 */
public record ReportingSchedule(
    int lag, @Nullable FirstReport first, @Nullable ReportingYear last) {

  /**
   * The first time that a Measure is reported.
   *
   * @param year the reporting year
   * @param period its measurement period, which may be a part of a year
   */
  public record FirstReport(ReportingYear year, MeasurementPeriod period) {}

  /** Refuses a lag below 1, and an end without a beginning, with an IllegalArgumentException. */
  public ReportingSchedule {
    if (lag < 1) {
      throw new IllegalArgumentException("a lag of " + lag + " years: it must be at least 1");
    }
    if (last != null && (first == null || last.compareTo(first.year()) < 0)) {
      throw new IllegalArgumentException(
          "the last reporting year, " + last + ", is before a first");
    }
  }

  /** Whether the Measure is only proposed: computed for any year on request, never owed. */
  public boolean isProposal() {
    return first == null;
  }

  /** Whether a unit owes the Measure in that year. */
  public boolean isOwed(ReportingYear year) {
    return first != null
        && year.compareTo(first.year()) >= 0
        && (last == null || year.compareTo(last) <= 0);
  }

  /**
   * The measurement period of which a report in that year speaks; empty when the Measure is neither
   * owed then nor a proposal.
   */
  public Optional<MeasurementPeriod> period(ReportingYear year) {
    if (first != null && !isOwed(year)) {
      return Optional.empty();
    }
    return Optional.of(
        first != null && year.equals(first.year())
            ? first.period()
            : MeasurementPeriod.calendarYear(year.value() - lag));
  }
}
