package se.nhv.fhir;

import java.util.Map;
import org.hl7.fhir.r4.model.CodeType;
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
 *   <li>stratifier: R4 lets {@code stratifier.criteria} give the stratum's value; the peer takes it
 *       as membership of one stratum (R4PopulationBasisValidator), and values from {@code
 *       component.criteria} only.
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
    for (MeasureGroupComponent group : copy.getGroup()) {
      group.getPopulation().forEach(PeerMeasure::spellAggregateMethod);
      group.getStratifier().forEach(PeerMeasure::moveCriteria);
    }
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
