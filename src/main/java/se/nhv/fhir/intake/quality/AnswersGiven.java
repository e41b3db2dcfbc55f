package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is to be known of a Procedure is there: an answer that is a part of it, or one tied to
 * something else and dated on or before it.
 */
final class AnswersGiven implements Rule {

  static final String CODE = "uppgift-saknas";

  private static final int UNTIL_WRITTEN = 60; // days that a pathologist's answer may take

  private final Vocabulary vocabulary;

  AnswersGiven(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource procedure : chart.of("Procedure")) {
      if (CountedStatus.counts(procedure) && procedure.references("partOf").isEmpty()) {
        for (String atgard : procedure.codes("category", Vocabulary.ATGARD)) {
          check(chart, procedure, atgard, findings);
        }
      }
    }
  }

  private void check(Chart chart, ChartResource procedure, String atgard, Findings findings) {
    Optional<LocalDate> day = DatedElements.performed(procedure).day();
    List<String> areas = vocabulary.property(Vocabulary.ATGARD, atgard, "omrade");
    for (String answer : vocabulary.property(Vocabulary.ATGARD, atgard, "uppgift")) {
      boolean due = day.isPresent() && day.get().plusDays(UNTIL_WRITTEN).isBefore(chart.today());
      if (due && !isGiven(chart, procedure, answer, day.get())) {
        findings.absent(CODE, procedure, absent(answer, areas), "Observation.value");
      }
    }
    List<String> within = vocabulary.property(Vocabulary.ATGARD, atgard, "dodsuppgift-dygn");
    for (String answer : vocabulary.property(Vocabulary.ATGARD, atgard, "dodsuppgift")) {
      boolean died =
          day.isPresent()
              && !within.isEmpty()
              && chart
                  .death()
                  .map(it -> !it.isAfter(day.get().plusDays(Long.parseLong(within.get(0)))))
                  .orElse(false);
      if (died && !isGiven(chart, procedure, answer, chart.death().orElseThrow())) {
        findings.absent(CODE, procedure, absent(answer, areas), "Observation.value");
      }
    }
  }

  /** The Observation that is not there, and of which area it would be. */
  private static ChartResource absent(String answer, List<String> areas) {
    ObjectNode observation = JsonNodeFactory.instance.objectNode();
    observation
        .putObject("code")
        .putArray("coding")
        .addObject()
        .put("system", Vocabulary.OBSERVATION)
        .put("code", answer);
    for (String area : areas) {
      observation
          .putObject("category")
          .putArray("coding")
          .addObject()
          .put("system", Vocabulary.OMRADE)
          .put("code", area);
    }
    return new ChartResource("Observation", answer, observation);
  }

  private boolean isGiven(Chart chart, ChartResource procedure, String answer, LocalDate day) {
    boolean onlyAsPart = vocabulary.flag(Vocabulary.OBSERVATION, answer, "del-av");
    return chart.of("Observation").stream()
        .filter(CountedStatus::counts)
        .filter(it -> codes(it).contains(answer))
        .anyMatch(
            it -> Chart.lead(it.references("partOf"), procedure) || (!onlyAsPart && isBy(it, day)));
  }

  private static Set<String> codes(ChartResource observation) {
    return observation.codes("code", Vocabulary.OBSERVATION);
  }

  private static boolean isBy(ChartResource observation, LocalDate day) {
    return observation
        .date("effectiveDateTime")
        .flatMap(FhirDate::day)
        .map(it -> !it.isAfter(day))
        .orElse(false);
  }
}
