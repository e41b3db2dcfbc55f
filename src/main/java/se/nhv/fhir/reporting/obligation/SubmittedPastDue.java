package se.nhv.fhir.reporting.obligation;

import java.time.LocalDate;
import java.time.Period;
import java.util.Collection;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports;
import se.nhv.fhir.reporting.ReportId;

/**
 * Reports are final when every one is handed in, none is known to be returned or cannot be asked
 * for, and the last day for reporting, 31 March of the reporting year, has passed by a set time.
 *
 * @param progress how far the reports have come
 * @param after how long after that day
 */
public record SubmittedPastDue(ReportProgress progress, Period after) implements FinalReports {

  @Override
  public boolean areFinal(Unit unit, ReportingYear year, Collection<Owed> owed, LocalDate today) {
    return today.isAfter(Obligation.due(year).plus(after))
        && owed.stream()
            .map(it -> progress.of(ReportId.of(unit, it)))
            .allMatch(
                it ->
                    it.state().compareTo(ObligationState.SUBMITTED) >= 0 && !it.isAnswerUnknown());
  }
}
