package se.nhv.fhir.publication;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.ojalgo.optimisation.Expression;
import org.ojalgo.optimisation.ExpressionsBasedModel;
import org.ojalgo.optimisation.Optimisation;
import org.ojalgo.optimisation.Variable;

/**
 * The integer programme of one component. Its relaxation is tried first: that of a table of sums
 * has whole solutions as it is.
 */
record IntegerSearch(
    List<Integer> unknowns,
    List<Constraint> constraints,
    Map<Integer, Long> low,
    Map<Integer, Long> high) {

  private static final long LONGEST_MS = 5000;

  /** The best solution, checked in whole numbers; empty if none was found that holds. */
  Optional<Map<Integer, Long>> maximise(Map<Integer, Integer> objective) {
    Optional<Map<Integer, Long>> relaxed = solve(objective, false);
    return relaxed.isPresent() ? relaxed : solve(objective, true);
  }

  private Optional<Map<Integer, Long>> solve(Map<Integer, Integer> objective, boolean integer) {
    ExpressionsBasedModel model = new ExpressionsBasedModel();
    model.options.time_abort = LONGEST_MS;
    model.options.time_suffice = LONGEST_MS;
    Map<Integer, Variable> variables = new HashMap<>();
    for (int unknown : unknowns) {
      Variable variable =
          model
              .newVariable("x" + unknown)
              .lower(Objects.requireNonNull(low.get(unknown)))
              .upper(Objects.requireNonNull(high.get(unknown)))
              .integer(integer);
      Integer weight = objective.get(unknown);
      variables.put(unknown, weight == null ? variable : variable.weight(weight));
    }
    int number = 0;
    for (Constraint constraint : constraints) {
      Expression expression = model.newExpression("c" + number++);
      constraint
          .terms()
          .forEach(
              (unknown, c) ->
                  expression.set(Objects.requireNonNull(variables.get(unknown)), c.longValue()));
      if (constraint.low() > -Constraint.UNLIMITED / 2) {
        expression.lower(constraint.low());
      }
      if (constraint.high() < Constraint.UNLIMITED / 2) {
        expression.upper(constraint.high());
      }
    }
    return checked(model, model.maximise());
  }

  private Optional<Map<Integer, Long>> checked(
      ExpressionsBasedModel model, Optimisation.Result result) {
    if (!result.getState().isFeasible()) {
      return Optional.empty();
    }
    Map<Integer, Long> solution = new HashMap<>();
    for (int i = 0; i < unknowns.size(); i++) {
      solution.put(unknowns.get(i), Math.round(result.doubleValue(i)));
    }
    boolean holds =
        unknowns.stream().allMatch(it -> isWithin(it, Objects.requireNonNull(solution.get(it))))
            && constraints.stream().allMatch(it -> holds(it, solution));
    return holds && model.countVariables() == unknowns.size()
        ? Optional.of(solution)
        : Optional.empty();
  }

  private boolean isWithin(int unknown, long value) {
    return Objects.requireNonNull(low.get(unknown)) <= value
        && value <= Objects.requireNonNull(high.get(unknown));
  }

  private static boolean holds(Constraint constraint, Map<Integer, Long> solution) {
    long sum = 0;
    for (var term : constraint.terms().entrySet()) {
      sum += term.getValue() * Objects.requireNonNull(solution.get(term.getKey()));
    }
    return constraint.low() <= sum && sum <= constraint.high();
  }
}
