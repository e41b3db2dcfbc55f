package se.nhv.fhir.evaluation.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Expression;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.Measure.MeasureGroupPopulationComponent;
import se.nhv.fhir.content.MeasureElements;

/**
 * The criteria of one group, by the names of their expressions.
 *
 * @param isOfPatients whether it counts patients (boolean basis) rather than items
 * @param populations for each population in the order of the group
 * @param bortfall the criteria of what is reported as not counted
 * @param stratifiers the expression or function of each stratifier in the order of the group
 */
record GroupPlan(
    boolean isOfPatients,
    List<PopulationPlan> populations,
    List<BortfallPlan> bortfall,
    List<String> stratifiers) {

  private static final String OBSERVATION = "measure-observation";
  private static final String MEASURE_POPULATION = "measure-population";

  /** A population: its expression, or the function of a measure-observation. */
  record PopulationPlan(String code, String expression) {

    boolean isObservation() {
      return code.equals(OBSERVATION);
    }
  }

  /** A reason and the expression whose count is reported under it. */
  record BortfallPlan(String reason, String expression) {}

  static GroupPlan of(MeasureGroupComponent group) {
    List<PopulationPlan> populations = new ArrayList<>();
    for (MeasureGroupPopulationComponent population : group.getPopulation()) {
      populations.add(
          new PopulationPlan(
              MeasureElements.code(population), population.getCriteria().getExpression()));
    }
    List<BortfallPlan> bortfall = new ArrayList<>();
    for (Extension extension : MeasureElements.bortfall(group)) {
      CodeType reason = (CodeType) extension.getExtensionByUrl("reason").getValue();
      Expression criteria = (Expression) extension.getExtensionByUrl("criteria").getValue();
      bortfall.add(new BortfallPlan(reason.getValue(), criteria.getExpression()));
    }
    return new GroupPlan(
        MeasureElements.isBooleanBasis(group),
        populations,
        bortfall,
        group.getStratifier().stream()
            .map(s -> MeasureElements.criteria(s).getExpression())
            .toList());
  }

  /** Every expression that is not a function of an item. */
  List<String> expressions() {
    List<String> names = new ArrayList<>();
    populations.stream().filter(p -> !p.isObservation()).forEach(p -> names.add(p.expression()));
    bortfall.forEach(b -> names.add(b.expression()));
    if (isOfPatients) {
      names.addAll(stratifiers);
    }
    return names;
  }

  /** The function that gives the value of a case. */
  Optional<String> observation() {
    return populations.stream()
        .filter(PopulationPlan::isObservation)
        .map(PopulationPlan::expression)
        .findFirst();
  }

  /** The expression of the population whose cases are observed. */
  Optional<String> observedPopulation() {
    return populations.stream()
        .filter(p -> p.code().equals(MEASURE_POPULATION))
        .map(PopulationPlan::expression)
        .findFirst();
  }
}
