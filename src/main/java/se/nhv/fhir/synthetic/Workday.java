package se.nhv.fhir.synthetic;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Days on which planned care is given. */
final class Workday {

  private Workday() {}

  /** That day, or the Monday after it. */
  static LocalDate onOrAfter(LocalDate day) {
    DayOfWeek weekday = day.getDayOfWeek();
    return weekday.getValue() > 5 ? day.plusDays(8L - weekday.getValue()) : day;
  }
}
