package se.nhv.fhir;

import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Measure;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupStratifierComponent;

/**
 * A copy of the Measure in the spelling that the peer reads; what is counted stays as it is.
 *
 * <ul>
 *   <li>aggregateMethod: CQFM binds it to codes such as {@code average}; the peer knows {@code avg}
 *       and the like (ContinuousVariableObservationAggregateMethod), and refuses any other.
 *   <li>measure-observation: the peer takes a String, an Integer or a Double
 *       (FunctionEvaluationHandler.validateObservationResult), and the engine below it gives a CQL
 *       Decimal as none of them: it is written as text, see {@link PeerLibraries}.
 *   <li>improvementNotation: R4 has it tell whether a higher or a lower score is better; the peer
 *       states the complement of a proportion as its score where a decrease is
 *       (GroupDef.setScoreAndAdaptToImprovementNotation).
 *   <li>stratifier: R4 lets {@code stratifier.criteria} give the stratum's value; the peer takes it
 *       as membership of one stratum (R4PopulationBasisValidator), and values from {@code
 *       component.criteria} only. It gives a stratifier of one component the code of the
 *       stratifier.
 * </ul>
 */
final class PeerMeasure {

  private static final String AGGREGATE_METHOD =
      "http://hl7.org/fhir/us/cqfmeasures/StructureDefinition/cqfm-aggregateMethod";
  private static final Map<String, String> AGGREGATE_METHODS = Map.of("average", "avg");

  private PeerMeasure() {}

  /** The copy; the Measure itself is not touched. */
  static Measure of(Measure measure) {
    Measure copy = measure.copy();
    if (isProportion(copy) && code(copy.getImprovementNotation()).equals("decrease")) {
      copy.setImprovementNotation(null);
    }
    for (MeasureGroupComponent group : copy.getGroup()) {
      group.getPopulation().forEach(PeerMeasure::spellAggregateMethod);
      group.getPopulation().forEach(PeerMeasure::spellObservation);
      group.getStratifier().forEach(PeerMeasure::moveCriteria);
      group.getStratifier().forEach(PeerMeasure::spellComponents);
    }
    PeerBeside.ask(copy);
    return copy;
  }

  private static void spellAggregateMethod(MeasureGroupPopulationComponent population) {
    population
        .getExtensionsByUrl(AGGREGATE_METHOD)
        .forEach(
            e -> {
              String code = e.getValue().primitiveValue();
              e.setValue(new CodeType(AGGREGATE_METHODS.getOrDefault(code, code)));
            });
  }

  private static void spellObservation(MeasureGroupPopulationComponent population) {
    String expression = population.getCriteria().getExpression();
    if (PeerLibraries.DECIMAL_OBSERVATIONS.contains(expression)) {
      population.getCriteria().setExpression(PeerLibraries.asText(expression));
    }
  }

  private static void spellComponents(MeasureGroupStratifierComponent stratifier) {
    if (!stratifier.hasCode()) {
      stratifier.setCode(stratifier.getComponentFirstRep().getCode());
    }
  }

  private static boolean isProportion(Measure measure) {
    return code(measure.getScoring()).equals("proportion");
  }

  private static String code(CodeableConcept concept) {
    return String.valueOf(concept.getCodingFirstRep().getCode());
  }

  private static void moveCriteria(MeasureGroupStratifierComponent stratifier) {
    if (stratifier.hasCriteria()) {
      stratifier
          .addComponent()
          .setCode(stratifier.getCode())
          .setCriteria(stratifier.getCriteria())
          .setId(stratifier.getId() + "-value");
      stratifier.setCriteria(null);
    }
  }
}
