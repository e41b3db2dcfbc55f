package se.nhv.fhir.run;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureCase;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.evaluation.Engine;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureReports;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.evaluation.PatientEvaluator;
import se.nhv.fhir.evaluation.PatientOutcome;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.Tally;
import se.nhv.fhir.intake.PatientGrouping;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.Unit;

/** Evaluates the cases that were worked out by hand and compares. For use by one thread. */
public final class CaseRun {

  private static final Unit UNIT = new Unit("SE0000000000-TEST");

  private final Map<String, MeasureDefinition> measures = new TreeMap<>();
  private final Map<EvaluationRequest, PatientEvaluator> evaluators = new HashMap<>();
  private final Engine engine;

  /** For the cases of that content, on that engine. */
  public CaseRun(Content content, Engine engine) {
    content.measures().forEach(m -> measures.put(m.reference().id(), m));
    this.engine = engine;
  }

  /**
   * How the report differs from the expected one: a line for each difference, none if it is equal.
   */
  public List<String> differences(MeasureCase measureCase) {
    MeasureReport report;
    try {
      report = report(measureCase);
    } catch (IllegalStateException notEvaluable) {
      return List.of(String.valueOf(notEvaluable.getMessage()));
    }
    return new ReportComparison(measureCase.expected(), report).differences();
  }

  /**
   * The report that the engine gives for the case.
   *
   * @throws IllegalStateException if a patient of the case could not be evaluated
   */
  public MeasureReport report(MeasureCase measureCase) {
    EvaluationRequest request = request(measureCase);
    PatientEvaluator evaluator = evaluators.computeIfAbsent(request, engine::evaluator);
    Tally tally = new Tally(request);
    for (PatientRecord patient : PatientGrouping.of(measureCase.resources())) {
      PatientOutcome outcome = evaluator.evaluate(patient);
      if (outcome instanceof PatientOutcome.NotEvaluable failed) {
        throw new IllegalStateException(measureCase + ": " + failed.reason());
      }
      tally.add(patient, outcome);
    }
    ReportSubject subject = new ReportSubject(UNIT, request.asOf(), ReportSubject.NO_MAPPING);
    return new MeasureReports(subject).of(request, tally).get(0);
  }

  private EvaluationRequest request(MeasureCase measureCase) {
    MeasureDefinition measure = measures.get(measureCase.measureId());
    if (measure == null) {
      throw new IllegalArgumentException("there is no Measure " + measureCase.measureId());
    }
    MeasureReport expected = measureCase.expected();
    MeasurementPeriod period =
        new MeasurementPeriod(
            LocalDate.parse(expected.getPeriod().getStartElement().getValueAsString()),
            LocalDate.parse(expected.getPeriod().getEndElement().getValueAsString()));
    LocalDate asOf = LocalDate.parse(expected.getDateElement().getValueAsString());
    return new EvaluationRequest(List.of(new MeasureRequest(measure, period)), asOf);
  }
}
