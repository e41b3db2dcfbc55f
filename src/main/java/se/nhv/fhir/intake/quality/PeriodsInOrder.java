package se.nhv.fhir.intake.quality;

import java.time.LocalDate;
import java.util.Optional;

/** No period ends before it starts. */
final class PeriodsInOrder implements Rule {

  static final String CODE = "slut-fore-start";

  @Override
  public void check(Chart chart, Findings findings) {
    check(chart, "Encounter", "period", "period", findings);
    check(chart, "Procedure", "performedPeriod", "performed", findings);
  }

  private static void check(
      Chart chart, String type, String name, String element, Findings findings) {
    for (ChartResource resource : chart.of(type)) {
      Optional<LocalDate> start = resource.date(name, "start").flatMap(FhirDate::day);
      Optional<LocalDate> end = resource.date(name, "end").flatMap(FhirDate::day);
      if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
        findings.add(CODE, resource, resource.element(element + ".end"));
      }
    }
  }
}
