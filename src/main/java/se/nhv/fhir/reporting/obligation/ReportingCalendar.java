package se.nhv.fhir.reporting.obligation;

import java.util.List;
import java.util.function.Supplier;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.FinalReports.Owed;

/**
 * What an area owes in a reporting year, by the Measures' own schedules.
 *
 * @param content asked for when it is needed
 */
public record ReportingCalendar(Supplier<Content> content) {

  /** Every report that a unit owes that holds a permit throughout, by Measure; empty if none is. */
  public List<Owed> owed(Area area, ReportingYear year) {
    return content.get().measures().stream()
        .filter(it -> it.area().equals(area))
        .filter(MeasureDefinition::isComputable)
        .filter(it -> it.schedule().isOwed(year))
        .map(it -> new Owed(it.reference(), it.schedule().period(year).orElseThrow()))
        .toList();
  }
}
