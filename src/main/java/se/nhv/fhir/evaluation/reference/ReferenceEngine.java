package se.nhv.fhir.evaluation.reference;

import ca.uhn.fhir.context.FhirContext;
import org.jspecify.annotations.Nullable;
import org.opencds.cqf.cql.engine.fhir.model.R4FhirModelResolver;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.Engine;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.PatientEvaluator;

/** Runs CQL on the cqframework engine: one engine a thread over shared, translated libraries. */
public final class ReferenceEngine implements Engine {

  private final Content content;
  private final FhirContext context;

  /** Only read once it is made, which takes a second: shared by all evaluators. */
  private final R4FhirModelResolver model;

  private final @Nullable CqlCoverage coverage;

  /** An engine for the Measures of that content. */
  public ReferenceEngine(Content content) {
    this.content = content;
    this.context = FhirContext.forR4Cached();
    this.model = new R4FhirModelResolver(context);
    this.coverage = null;
  }

  private ReferenceEngine(ReferenceEngine other, CqlCoverage coverage) {
    this.content = other.content;
    this.context = other.context;
    this.model = other.model;
    this.coverage = coverage;
  }

  /** The same engine, slower, whose evaluators tell which lines of the CQL they evaluate. */
  public ReferenceEngine telling(CqlCoverage whatIsReached) {
    return new ReferenceEngine(this, whatIsReached);
  }

  @Override
  public PatientEvaluator evaluator(EvaluationRequest request) {
    return new ReferenceEvaluator(content, context, model, request, coverage);
  }
}
