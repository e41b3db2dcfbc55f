package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports;
import se.nhv.fhir.reporting.FinalReports.Owed;

/**
 * From which day a unit's data are needed: the first of the earliest measurement period of any
 * report that the unit owes, now or in a year to come, and that is not yet final.
 */
public final class NeededData {

  private static final int FIRST_YEAR = 2019;
  private static final int LAST_YEAR = 2100;

  private final Content content;
  private final FinalReports finals;

  /** By the schedules of that content. */
  public NeededData(Content content, FinalReports finals) {
    this.content = content;
    this.finals = finals;
  }

  /**
   * The first day that is needed; empty if the areas owe nothing in any year, of which nothing
   * follows for their data.
   *
   * @param areas those of the unit; empty stands for all that there are
   */
  public Optional<LocalDate> from(Unit unit, Collection<Area> areas, LocalDate today) {
    List<MeasureDefinition> measures =
        content.measures().stream()
            .filter(MeasureDefinition::isComputable)
            .filter(it -> areas.isEmpty() || areas.contains(it.area()))
            .toList();
    return IntStream.rangeClosed(FIRST_YEAR, LAST_YEAR)
        .mapToObj(ReportingYear::new)
        .flatMap(year -> notFinal(unit, measures, year, today).stream())
        .map(owed -> owed.period().start())
        .min(LocalDate::compareTo);
  }

  private List<Owed> notFinal(
      Unit unit, List<MeasureDefinition> measures, ReportingYear year, LocalDate today) {
    List<Owed> owed = new ArrayList<>();
    for (MeasureDefinition measure : measures) {
      if (measure.schedule().isOwed(year)) {
        owed.add(new Owed(measure.reference(), measure.schedule().period(year).orElseThrow()));
      }
    }
    return owed.isEmpty() || finals.areFinal(unit, year, owed, today) ? List.of() : owed;
  }
}
