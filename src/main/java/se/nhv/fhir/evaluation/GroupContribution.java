package se.nhv.fhir.evaluation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What one patient adds to one group of a Measure.
 *
 * @param populations how many (the patient, or items) are in each population, in the order of the
 *     group; for a measure-observation the number of values
 * @param observations the values of the measure-observation, in no particular order
 * @param bortfall how many are reported as not counted, by reason; zeros are left out
 * @param strata for each stratifier of the group in its order: the populations by stratum value
 */
public record GroupContribution(
    List<Integer> populations,
    List<BigDecimal> observations,
    Map<String, Integer> bortfall,
    List<Map<String, List<Integer>>> strata) {

  /** Copies the collections. */
  public GroupContribution {
    populations = List.copyOf(populations);
    observations = List.copyOf(observations);
    bortfall = Map.copyOf(bortfall);
    strata = List.copyOf(strata);
  }
}
