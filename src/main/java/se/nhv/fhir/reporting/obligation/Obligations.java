package se.nhv.fhir.reporting.obligation;

import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.ReportId;

/**
 * Every obligation up to the present year, from the permits: a unit owes a report if it held a
 * permit for the area on any day of the measurement period. Safe for use by many threads at once.
 */
public final class Obligations {

  private static final int FIRST_YEAR = 2019;

  private final List<Permit> permits;
  private final ReportingCalendar calendar;
  private final ReportProgress progress;
  private final Clock clock;

  /**
   * By those permits.
   *
   * @param progress how far the reports have come
   * @param clock its day, in its zone, says which years there are and what is late
   */
  public Obligations(
      List<Permit> permits, ReportingCalendar calendar, ReportProgress progress, Clock clock) {
    this.permits = List.copyOf(permits);
    this.calendar = calendar;
    this.progress = progress;
    this.clock = clock;
  }

  /** The day that it is. */
  public LocalDate today() {
    return LocalDate.now(clock);
  }

  /**
   * The obligations of that unit, area and year, by id.
   *
   * @param unit null for every one
   * @param area null for every one
   * @param year null for every one; one after the present has none yet
   */
  public List<Obligation> find(
      @Nullable Unit unit, @Nullable Area area, @Nullable ReportingYear year) {
    List<ReportingYear> years =
        IntStream.rangeClosed(FIRST_YEAR, today().getYear())
            .mapToObj(ReportingYear::new)
            .filter(it -> year == null || it.equals(year))
            .toList();
    List<Obligation> found = new ArrayList<>();
    permits.stream()
        .filter(it -> unit == null || it.unit().equals(unit))
        .filter(it -> area == null || it.area().equals(area))
        .map(it -> List.of(it.unit(), it.area()))
        .distinct()
        .forEach(
            it -> {
              for (ReportingYear one : years) {
                of((Unit) it.get(0), (Area) it.get(1), one).ifPresent(found::add);
              }
            });
    found.sort(Comparator.comparing(Obligation::id));
    return found;
  }

  /** The obligation with that id; empty if there is none up to the present year. */
  public Optional<Obligation> read(String id) {
    return permits.stream()
        .filter(it -> id.startsWith(it.unit() + "-" + it.area() + "-"))
        .findFirst()
        .flatMap(
            it ->
                find(it.unit(), it.area(), null).stream()
                    .filter(o -> o.id().equals(id))
                    .findFirst());
  }

  private Optional<Obligation> of(Unit unit, Area area, ReportingYear year) {
    List<Permit> held =
        permits.stream().filter(it -> it.unit().equals(unit) && it.area().equals(area)).toList();
    List<Obligation.Due> due = new ArrayList<>();
    for (Owed owed : calendar.owed(area, year)) {
      if (held.stream().anyMatch(it -> it.overlaps(owed.period()))) {
        String id = ReportId.of(unit, owed);
        due.add(new Obligation.Due(owed, id, progress.of(id)));
      }
    }
    return due.isEmpty() ? Optional.empty() : Optional.of(new Obligation(unit, area, year, due));
  }
}
