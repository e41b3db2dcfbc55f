package se.nhv.fhir.evaluation.reference;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import se.nhv.fhir.evaluation.GroupContribution;
import se.nhv.fhir.evaluation.reference.GroupPlan.PopulationPlan;

/** Turns the values of a group's expressions for one patient into what the patient contributes. */
final class GroupEvaluation {

  private final GroupPlan plan;
  private final Map<String, Object> values;
  private final BiFunction<String, List<Object>, List<Object>> functions;

  /**
   * @param values the value of each expression, by name
   * @param functions applies the function of that name to each of the items
   */
  GroupEvaluation(
      GroupPlan plan,
      Map<String, Object> values,
      BiFunction<String, List<Object>, List<Object>> functions) {
    this.plan = plan;
    this.values = values;
    this.functions = functions;
  }

  GroupContribution contribution() {
    List<BigDecimal> observations = observations();
    List<Integer> counts = new ArrayList<>();
    for (PopulationPlan population : plan.populations()) {
      counts.add(
          population.isObservation()
              ? observations.size()
              : CqlValue.count(value(population.expression())));
    }
    Map<String, Integer> bortfall = new LinkedHashMap<>();
    plan.bortfall()
        .forEach(
            b -> bortfall.merge(b.reason(), CqlValue.count(value(b.expression())), Integer::sum));
    bortfall.values().removeIf(count -> count == 0);
    List<Map<String, List<Integer>>> strata =
        plan.stratifiers().stream()
            .map(s -> plan.isOfPatients() ? strataOfPatient(s, counts) : strataOfItems(s))
            .toList();
    return new GroupContribution(counts, observations, bortfall, strata);
  }

  private List<BigDecimal> observations() {
    String function = plan.observation().orElse("");
    Object observed = plan.observedPopulation().map(this::value).orElse(CqlValue.NULL);
    if (function.isEmpty() || CqlValue.count(observed) == 0) {
      return List.of();
    }
    if (plan.isOfPatients()) {
      return List.of(CqlValue.number(function, value(function)));
    }
    return functions.apply(function, CqlValue.items(observed)).stream()
        .map(v -> CqlValue.number(function, v))
        .toList();
  }

  private Map<String, List<Integer>> strataOfPatient(String stratifier, List<Integer> counts) {
    boolean counted = counts.stream().anyMatch(c -> c > 0);
    return counted ? Map.of(stratum(value(stratifier)), counts) : Map.of();
  }

  private Map<String, List<Integer>> strataOfItems(String stratifier) {
    int size = plan.populations().size();
    Map<String, int[]> counts = new LinkedHashMap<>();
    for (int p = 0; p < size; p++) {
      PopulationPlan population = plan.populations().get(p);
      String expression =
          population.isObservation()
              ? plan.observedPopulation().orElseThrow()
              : population.expression();
      List<Object> items = CqlValue.items(value(expression));
      if (!items.isEmpty()) {
        for (Object stratum : functions.apply(stratifier, items)) {
          counts.computeIfAbsent(stratum(stratum), s -> new int[size])[p]++;
        }
      }
    }
    Map<String, List<Integer>> strata = new LinkedHashMap<>();
    counts.forEach(
        (stratum, c) -> strata.put(stratum, java.util.Arrays.stream(c).boxed().toList()));
    return strata;
  }

  private static String stratum(Object value) {
    if (value instanceof String code) {
      return code;
    }
    throw new IllegalStateException("a stratifier gave no code");
  }

  private Object value(String expression) {
    return values.getOrDefault(expression, CqlValue.NULL);
  }
}
