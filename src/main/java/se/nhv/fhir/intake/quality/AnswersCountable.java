package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;

/** An Observation of ours has a value of the kind that its code asks for, in that unit. */
final class AnswersCountable implements Rule {

  static final String NO_VALUE = "varde-saknas";
  static final String OTHER_UNIT = "enhet-annan";
  static final String BOUND = "varde-ar-grans";
  private static final String ELEMENT = "Observation.value";

  private final Vocabulary vocabulary;

  AnswersCountable(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  @Override
  public void check(Chart chart, Findings findings) {
    for (ChartResource observation : chart.of("Observation")) {
      Set<String> codes = observation.codes("code", Vocabulary.OBSERVATION);
      boolean excused = !observation.at("dataAbsentReason").isMissingNode();
      if (CountedStatus.counts(observation) && !excused) {
        codes.stream()
            .filter(it -> vocabulary.has(Vocabulary.OBSERVATION, it))
            .forEach(it -> check(observation, it, findings));
      }
    }
  }

  private void check(ChartResource observation, String code, Findings findings) {
    List<String> answers = vocabulary.property(Vocabulary.OBSERVATION, code, "svar");
    List<String> units = vocabulary.property(Vocabulary.OBSERVATION, code, "enhet");
    if (!units.isEmpty()) {
      quantity(observation, units, findings);
    } else if (!answers.isEmpty()) {
      answer(observation, answers, findings);
    } else if (!observation.at("valueBoolean").isBoolean()) {
      findings.add(NO_VALUE, observation, ELEMENT);
    }
  }

  private void answer(ChartResource observation, List<String> answers, Findings findings) {
    Set<String> given = observation.codes("valueCodeableConcept", Vocabulary.SVAR);
    boolean known = given.stream().allMatch(it -> vocabulary.has(Vocabulary.SVAR, it));
    if (known && given.stream().noneMatch(answers::contains)) {
      findings.add(NO_VALUE, observation, ELEMENT);
    }
  }

  private static void quantity(ChartResource observation, List<String> units, Findings findings) {
    JsonNode quantity = observation.at("valueQuantity");
    if (!quantity.path("value").isNumber()) {
      findings.add(NO_VALUE, observation, ELEMENT);
      return;
    }
    String unit = quantity.path("code").asText(quantity.path("unit").asText(""));
    if (!units.contains(unit)) {
      findings.add(OTHER_UNIT, observation, ELEMENT);
    }
    if (!quantity.path("comparator").isMissingNode()) {
      findings.add(BOUND, observation, ELEMENT);
    }
  }
}
