package se.nhv.fhir.evaluation.reference;

import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.data.CompositeDataProvider;
import org.opencds.cqf.cql.engine.execution.CqlEngine;
import org.opencds.cqf.cql.engine.execution.Environment;
import org.opencds.cqf.cql.engine.fhir.model.R4FhirModelResolver;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.GroupContribution;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.evaluation.PatientEvaluator;
import se.nhv.fhir.evaluation.PatientOutcome;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.PatientRecord;

/** Evaluates a request on one CqlEngine, which is not thread-safe. */
final class ReferenceEvaluator implements PatientEvaluator {

  private static final String FHIR = "http://hl7.org/fhir";

  /** What a pass is for: Measures over the same library and period share it. */
  private record PassKey(String libraryId, MeasurementPeriod period) {}

  /** A Measure, its pass, and the plan of each of its groups. */
  private record MeasurePlan(LibraryPass pass, List<GroupPlan> groups) {}

  private final PatientResources resources;
  private final Set<String> requiredTypes = new TreeSet<>(Set.of("Patient"));
  private final List<LibraryPass> passes;
  private final List<MeasurePlan> plans = new ArrayList<>();

  ReferenceEvaluator(
      Content content,
      FhirContext context,
      R4FhirModelResolver model,
      EvaluationRequest request,
      @Nullable CqlCoverage coverage) {
    ValueSetTerminology terminology = new ValueSetTerminology(content.valueSets());
    this.resources = new PatientResources(context, model, terminology);
    Environment environment =
        new Environment(
            content.libraries().manager(),
            Map.of(FHIR, new CompositeDataProvider(model, resources)),
            terminology);
    Map<PassKey, LibraryPass> byKey = new LinkedHashMap<>();
    for (MeasureRequest wanted : request.measures()) {
      MeasureDefinition measure = wanted.measure();
      String library = measure.libraryId();
      LibraryPass pass =
          byKey.computeIfAbsent(
              new PassKey(library, wanted.period()),
              key ->
                  new LibraryPass(
                      engine(environment, key.libraryId(), coverage),
                      content.libraries().identifier(library),
                      content.libraries().elm(library),
                      wanted.period(),
                      request.asOf()));
      List<GroupPlan> groups = measure.resource().getGroup().stream().map(GroupPlan::of).toList();
      groups.forEach(pass::need);
      plans.add(new MeasurePlan(pass, groups));
      requiredTypes.addAll(measure.requiredTypes());
    }
    this.passes = List.copyOf(byKey.values());
  }

  private static CqlEngine engine(
      Environment environment, String libraryId, @Nullable CqlCoverage coverage) {
    if (coverage == null) {
      return new CqlEngine(environment, Set.of(CqlEngine.Options.EnableExpressionCaching));
    }
    CqlEngine telling =
        new CqlEngine(
            environment,
            Set.of(
                CqlEngine.Options.EnableExpressionCaching,
                CqlEngine.Options.EnableCoverageCollection));
    coverage.watch(telling.getState().getGlobalCoverage(), libraryId);
    return telling;
  }

  @Override
  public PatientOutcome evaluate(PatientRecord patient) {
    try {
      resources.load(patient, requiredTypes);
      return evaluated(patient.id());
    } catch (RuntimeException e) { // a failed patient is a counted outcome, whatever failed
      return new PatientOutcome.NotEvaluable(patient.id(), reason(e));
    }
  }

  private PatientOutcome evaluated(String patientId) {
    Map<LibraryPass, Map<String, Object>> values = new LinkedHashMap<>();
    passes.forEach(pass -> values.put(pass, pass.evaluate(patientId)));
    List<List<GroupContribution>> measures = new ArrayList<>();
    for (MeasurePlan plan : plans) {
      Map<String, Object> ofPass = values.getOrDefault(plan.pass(), Map.of());
      List<GroupContribution> groups = new ArrayList<>();
      for (GroupPlan group : plan.groups()) {
        groups.add(
            new GroupEvaluation(
                    group,
                    ofPass,
                    (function, items) -> plan.pass().apply(patientId, function, items))
                .contribution());
      }
      measures.add(groups);
    }
    return new PatientOutcome.Evaluated(measures);
  }

  /** The message alone: a stack trace of the engine tells a unit nothing. */
  private static String reason(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }
}
