package se.nhv.fhir.run;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.hl7.fhir.r4.model.MeasureReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.MeasureRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reports;

/** Runs over what a unit has handed in, and keeps the reports. Safe for use by many threads. */
public final class UnitRun {

  private static final Logger LOG = LoggerFactory.getLogger(UnitRun.class);

  private final Content content;
  private final EvaluationRun run;
  private final Function<Unit, PatientSource> patients;
  private final Reports reports;
  private final Function<Unit, String> mappingVersion;
  private final EvaluationListener listener;

  /**
   * Over those rooms.
   *
   * @param patients where a unit's patients are read from
   * @param mappingVersion the version of the unit's mapping on which what is stored rests; it
   *     refuses with an exception of its own while that is not all of one version
   * @param listener is told of each evaluation
   */
  public UnitRun(
      Content content,
      EvaluationRun run,
      Function<Unit, PatientSource> patients,
      Reports reports,
      Function<Unit, String> mappingVersion,
      EvaluationListener listener) {
    this.mappingVersion = mappingVersion;
    this.content = content;
    this.run = run;
    this.patients = patients;
    this.reports = reports;
    this.listener = listener;
  }

  /**
   * Evaluates one Measure and keeps nothing.
   *
   * @throws NotComputableException if the Measure has no content yet
   * @throws IllegalArgumentException if there is no such Measure
   */
  public MeasureReport evaluate(
      Unit unit, MeasureReference reference, MeasurementPeriod period, LocalDate asOf) {
    Optional<MeasureDefinition> measure = content.measure(reference);
    if (measure.isEmpty()) {
      throw new IllegalArgumentException("there is no Measure " + reference);
    }
    if (!measure.get().isComputable()) {
      throw new NotComputableException(
          reference, MeasureElements.whyNotComputable(measure.get().resource()));
    }
    MeasureRequest wanted = new MeasureRequest(measure.get(), period);
    return run(unit, new EvaluationRequest(List.of(wanted), asOf), () -> {}).reports().get(0);
  }

  /**
   * Evaluates every Measure that the area owes in that year and keeps nothing.
   *
   * @throws NothingOwedException if the area owes nothing that year
   */
  public RunOutcome evaluate(Unit unit, Area area, ReportingYear year, LocalDate asOf) {
    return run(unit, new OwedMeasures(content).request(area, year, asOf), () -> {});
  }

  /**
   * Evaluates every Measure that the area owes in that year and keeps the reports, all or none.
   *
   * @return the outcome, its reports as they are kept
   * @throws NothingOwedException if the area owes nothing that year
   */
  public RunOutcome report(Unit unit, Area area, ReportingYear year, LocalDate asOf) {
    return report(unit, area, year, asOf, () -> {});
  }

  /**
   * The same, for a run that may be stopped.
   *
   * @param beforeEach is run before each patient is read, on the calling thread, and may throw to
   *     stop; nothing is then kept
   */
  public RunOutcome report(
      Unit unit, Area area, ReportingYear year, LocalDate asOf, Runnable beforeEach) {
    return keep(unit, new OwedMeasures(content).request(area, year, asOf), beforeEach);
  }

  /**
   * The same for several areas, in one pass over the unit's patients.
   *
   * @throws NothingOwedException if none of the areas owes anything that year
   */
  public RunOutcome report(Unit unit, List<Area> areas, ReportingYear year, LocalDate asOf) {
    return keep(unit, new OwedMeasures(content).request(areas, year, asOf), () -> {});
  }

  private RunOutcome keep(Unit unit, EvaluationRequest request, Runnable beforeEach) {
    RunOutcome outcome = run(unit, request, beforeEach);
    List<MeasureReport> kept = reports.keep(outcome.reports());
    return new RunOutcome(kept, outcome.patients(), outcome.notEvaluable(), outcome.gaps());
  }

  private RunOutcome run(Unit unit, EvaluationRequest request, Runnable beforeEach) {
    long start = System.nanoTime();
    String mapping = mappingVersion.apply(unit);
    RunOutcome outcome = evaluate(unit, request, mapping, beforeEach);
    for (String now = mappingVersion.apply(unit);
        !now.equals(mapping); // it was changed, and brought to what is stored, meanwhile
        now = mappingVersion.apply(unit)) {
      mapping = now;
      outcome = evaluate(unit, request, mapping, beforeEach);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    listener.evaluated(unit, outcome, took);
    LOG.info(
        "Evaluated {} Measures for unit {}: {} patients, {} not evaluable, {} gaps, in {} ms",
        request.measures().size(),
        unit,
        outcome.patients(),
        outcome.notEvaluable().size(),
        outcome.gaps().size(),
        took.toMillis());
    return outcome;
  }

  private RunOutcome evaluate(
      Unit unit, EvaluationRequest request, String mapping, Runnable beforeEach) {
    ReportSubject subject = new ReportSubject(unit, request.asOf(), mapping);
    PatientSource source = new WatchedPatients(patients.apply(unit), beforeEach);
    return run.evaluate(source, request, subject, done -> {});
  }
}
