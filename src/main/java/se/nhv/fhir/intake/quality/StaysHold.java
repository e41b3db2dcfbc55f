package se.nhv.fhir.intake.quality;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A Procedure that is followed by its stay has an Encounter, which holds its day and is closed. */
final class StaysHold implements Rule {

  static final String MISSING = "vardtillfalle-saknas";
  static final String OUTSIDE = "utanfor-vardtillfallet";
  static final String NEVER_CLOSED = "vardtillfalle-ej-avslutat";

  private static final int LONGEST_STAY = 90; // days, after which an open stay is looked at
  private static final Set<String> OPEN = Set.of("arrived", "triaged", "in-progress", "onleave");

  private final Vocabulary vocabulary;

  StaysHold(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource procedure : chart.of("Procedure")) {
      Set<String> codes = procedure.codes("category", Vocabulary.ATGARD);
      if (!codes.isEmpty() && CountedStatus.counts(procedure)) {
        check(chart, procedure, codes, findings);
      }
    }
    for (ChartResource stay : chart.of("Encounter")) {
      Optional<LocalDate> start = stay.date("period", "start").flatMap(FhirDate::day);
      if (OPEN.contains(stay.status())
          && start.isPresent()
          && start.get().plusDays(LONGEST_STAY).isBefore(chart.today())) {
        findings.add(NEVER_CLOSED, stay, "Encounter.status");
      }
    }
  }

  private void check(Chart chart, ChartResource procedure, Set<String> codes, Findings findings) {
    List<String> references = procedure.references("encounter");
    boolean counted =
        codes.stream().anyMatch(it -> vocabulary.flag(Vocabulary.ATGARD, it, "vardtillfalle"))
            && procedure.references("partOf").isEmpty();
    if (references.isEmpty() && counted) {
      findings.add(MISSING, procedure, "Procedure.encounter");
    }
    Optional<LocalDate> day = DatedElements.performed(procedure).day();
    for (String reference : references) {
      Optional<ChartResource> stay = chart.find(reference);
      if (day.isPresent() && stay.isPresent() && !holds(stay.get(), day.get())) {
        findings.add(OUTSIDE, procedure, "Procedure.encounter", stay.get());
      }
    }
  }

  private static boolean holds(ChartResource stay, LocalDate day) {
    Optional<LocalDate> start = stay.date("period", "start").flatMap(FhirDate::day);
    Optional<LocalDate> end = stay.date("period", "end").flatMap(FhirDate::day);
    boolean reversed = start.isPresent() && end.isPresent() && end.get().isBefore(start.get());
    return reversed // told as what it is
        || (start.map(it -> !day.isBefore(it)).orElse(true)
            && end.map(it -> !day.isAfter(it)).orElse(true));
  }
}
