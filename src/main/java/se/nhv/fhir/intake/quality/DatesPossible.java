package se.nhv.fhir.intake.quality;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

/**
 * No date of what has happened is after the resource was last changed, before the patient's birth,
 * or, where it is care of the living, after the patient's death.
 */
final class DatesPossible implements Rule {

  static final String AFTER_CHANGE = "datum-efter-andring";
  static final String BEFORE_BIRTH = "datum-fore-fodelse";
  static final String AFTER_DEATH = "datum-efter-dod";

  private static final Set<String> OF_THE_LIVING =
      Set.of("Procedure", "Encounter", "QuestionnaireResponse", "CarePlan");

  private final DatedElements elements;

  DatesPossible(DatedElements elements) {
    this.elements = elements;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    Optional<LocalDate> birth = chart.birth();
    Optional<LocalDate> death = chart.death();
    for (ChartResource resource : chart.all()) {
      if (CountedStatus.counts(resource)) {
        for (Dated dated : elements.of(chart, resource)) {
          dated
              .day()
              .ifPresent(day -> check(resource, dated.element(), day, birth, death, findings));
        }
      }
    }
  }

  private static void check(
      ChartResource resource,
      String element,
      LocalDate day,
      Optional<LocalDate> birth,
      Optional<LocalDate> death,
      Findings findings) {
    Optional<LocalDate> changed = resource.date("meta", "lastUpdated").flatMap(FhirDate::day);
    if (changed.isPresent() && day.isAfter(changed.get())) {
      findings.add(AFTER_CHANGE, resource, element);
    }
    if (birth.isPresent() && day.isBefore(birth.get())) {
      findings.add(BEFORE_BIRTH, resource, element);
    }
    boolean starts = !element.equals("Encounter.period.end");
    if (death.isPresent()
        && day.isAfter(death.get())
        && starts
        && OF_THE_LIVING.contains(resource.type())) {
      findings.add(AFTER_DEATH, resource, element);
    }
  }
}
