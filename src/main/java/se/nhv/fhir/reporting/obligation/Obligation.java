package se.nhv.fhir.reporting.obligation;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.FinalReports.Owed;
import se.nhv.fhir.reporting.obligation.ReportProgress.Progress;

/**
 * What a unit owes for an area in a reporting year, and how far it has come.
 *
 * @param unit who owes it
 * @param area what the permit is for
 * @param year the reporting year
 * @param reports every report that is owed, by Measure, at least one
 */
public record Obligation(Unit unit, Area area, ReportingYear year, List<Due> reports) {

  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");

  /**
   * A report that is owed.
   *
   * @param owed the Measure and the period
   * @param id the id that the report has or will have
   * @param progress how far it has come
   */
  public record Due(Owed owed, String id, Progress progress) {}

  /** Copies the list. */
  public Obligation {
    reports = List.copyOf(reports);
  }

  /** The id of its Task: {@code <HSA-id>-<area>-<year>}. */
  public String id() {
    return unit + "-" + area + "-" + year;
  }

  /** The last day for handing it in: 31 March of the reporting year. */
  public LocalDate due() {
    return due(year);
  }

  /** The last day for handing in what is owed in that year. */
  public static LocalDate due(ReportingYear year) {
    return LocalDate.of(year.value(), Month.MARCH, 31);
  }

  /** As far as the report that has come least far. */
  public ObligationState state() {
    return reports.stream()
        .map(it -> it.progress().state())
        .min(ObligationState::compareTo)
        .orElseThrow();
  }

  /** Whether every report is handed in, and none returned. */
  public boolean isSubmitted() {
    return state().compareTo(ObligationState.SUBMITTED) >= 0;
  }

  /** Whether some report was handed in where nobody could be asked for the answer. */
  public boolean isAnswerUnknown() {
    return reports.stream().anyMatch(it -> it.progress().isAnswerUnknown());
  }

  /** Whether the last day has passed and not everything is handed in. */
  public boolean isLate(LocalDate today) {
    return today.isAfter(due()) && !isSubmitted();
  }

  /** When the last of the reports was handed in for the first time; empty until all are. */
  public Optional<Instant> submitted() {
    return reports.stream().anyMatch(it -> it.progress().submitted() == null)
        ? Optional.empty()
        : reports.stream()
            .map(it -> Objects.requireNonNull(it.progress().submitted()))
            .max(Instant::compareTo);
  }

  /** Whether every report was handed in, for the first time, by the last day in Sweden. */
  public boolean isOnTime() {
    Instant end = due().plusDays(1).atStartOfDay(STOCKHOLM).toInstant();
    return submitted().filter(it -> it.isBefore(end)).isPresent();
  }

  /** Why the authority has asked for another revision of some report; empty if it has not. */
  public Optional<String> returned() {
    return reports.stream()
        .map(it -> it.progress().returned())
        .filter(Objects::nonNull)
        .findFirst()
        .map(it -> it);
  }
}
