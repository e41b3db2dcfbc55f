package se.nhv.fhir.reporting;

import java.time.LocalDate;
import java.time.Month;
import java.time.Period;
import java.util.Collection;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;

/**
 * While nobody signs reports off: they are final when every one is kept and the last day for
 * reporting, 31 March of the reporting year, has passed by a set time.
 *
 * @param reports those that are kept
 * @param after how long after that day
 */
public record KeptPastDue(Reports reports, Period after) implements FinalReports {

  @Override
  public boolean areFinal(Unit unit, ReportingYear year, Collection<Owed> owed, LocalDate today) {
    LocalDate due = LocalDate.of(year.value(), Month.MARCH, 31);
    return today.isAfter(due.plus(after))
        && owed.stream().allMatch(it -> reports.read(ReportId.of(unit, it)).isPresent());
  }
}
