package se.nhv.fhir.evaluation.reference;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import kotlin.Pair;
import org.hl7.elm.r1.Library;
import org.hl7.elm.r1.ParameterDef;
import org.hl7.elm.r1.VersionedIdentifier;
import org.opencds.cqf.cql.engine.execution.CqlEngine;
import org.opencds.cqf.cql.engine.execution.EvaluationExpressionRef;
import org.opencds.cqf.cql.engine.execution.EvaluationFunctionRef;
import org.opencds.cqf.cql.engine.execution.EvaluationParams;
import org.opencds.cqf.cql.engine.execution.EvaluationResult;
import org.opencds.cqf.cql.engine.runtime.Date;
import org.opencds.cqf.cql.engine.runtime.DateTime;
import org.opencds.cqf.cql.engine.runtime.Interval;
import se.nhv.fhir.measure.MeasurementPeriod;

/**
 * All that the Measures over one library and period ask of it: their expressions are evaluated
 * together, so that what they share is computed once per patient.
 */
final class LibraryPass {

  private static final String PERIOD = "Measurement Period";
  private static final String AS_OF = "As Of";

  private final CqlEngine engine;
  private final VersionedIdentifier library;
  private final Map<String, Object> parameters;
  private final LocalDate asOf;
  private final Set<String> expressions = new LinkedHashSet<>();
  private final Set<String> functionsOfThePatient = new LinkedHashSet<>();

  /**
   * @param engine its own: an engine keeps a patient's values by their names alone, so passes must
   *     not share one
   */
  LibraryPass(
      CqlEngine engine,
      VersionedIdentifier identifier,
      Library elm,
      MeasurementPeriod period,
      LocalDate asOf) {
    this.engine = engine;
    this.library = identifier;
    this.asOf = asOf;
    this.parameters = new LinkedHashMap<>();
    Library.Parameters declared = elm.getParameters();
    for (ParameterDef parameter : declared == null ? List.<ParameterDef>of() : declared.getDef()) {
      if (PERIOD.equals(parameter.getName())) {
        parameters.put(
            PERIOD, new Interval(startOf(period.start()), true, endOf(period.end()), true));
      } else if (AS_OF.equals(parameter.getName())) {
        parameters.put(AS_OF, new Date(asOf));
      }
    }
  }

  void need(GroupPlan plan) {
    expressions.addAll(plan.expressions());
    if (plan.isOfPatients()) {
      plan.observation().ifPresent(functionsOfThePatient::add);
    }
  }

  /** The values of all expressions for the patient in the engine's data, by name. */
  Map<String, Object> evaluate(String patientId) {
    List<EvaluationExpressionRef> refs = new ArrayList<>();
    expressions.forEach(e -> refs.add(new EvaluationExpressionRef(e)));
    functionsOfThePatient.forEach(f -> refs.add(new EvaluationFunctionRef(f, null, List.of())));
    engine.getCache().getExpressions().clear(); // also when two patients in turn have the same id
    EvaluationResult result = run(patientId, refs);
    Map<String, Object> values = new LinkedHashMap<>();
    for (EvaluationExpressionRef ref : refs) {
      values.put(ref.getName(), CqlValue.of(result.get(ref)));
    }
    return values;
  }

  /** The values of a function for each of the items, in their order. */
  List<Object> apply(String patientId, String function, List<Object> items) {
    List<EvaluationExpressionRef> refs = new ArrayList<>();
    items.forEach(item -> refs.add(new EvaluationFunctionRef(function, null, List.of(item))));
    EvaluationResult result = run(patientId, refs);
    return refs.stream().map(ref -> CqlValue.of(result.get(ref))).toList();
  }

  private EvaluationResult run(String patientId, List<EvaluationExpressionRef> refs) {
    return engine
        .evaluate(
            new EvaluationParams(
                Map.of(library, refs),
                new Pair<>("Patient", patientId),
                parameters,
                null,
                asOf.atStartOfDay(ZoneOffset.UTC)))
        .getOnlyResultOrThrow();
  }

  private static DateTime startOf(LocalDate day) {
    return new DateTime(
        BigDecimal.ZERO, day.getYear(), day.getMonthValue(), day.getDayOfMonth(), 0, 0, 0, 0);
  }

  private static DateTime endOf(LocalDate day) {
    return new DateTime(
        BigDecimal.ZERO, day.getYear(), day.getMonthValue(), day.getDayOfMonth(), 23, 59, 59, 999);
  }
}
