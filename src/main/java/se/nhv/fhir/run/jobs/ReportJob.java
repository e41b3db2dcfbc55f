package se.nhv.fhir.run.jobs;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.RunOutcome;

/**
 * What an area owes in a reporting year, evaluated and kept; its input is {@code area}, {@code
 * reportingYear} and {@code asOf}. The same data give the same reports, of which a second time
 * makes no revision.
 */
public record ReportJob(Reporting reporting) implements Job {

  /** Evaluates and keeps reports. */
  @FunctionalInterface
  public interface Reporting {

    /**
     * Evaluates every Measure that is owed.
     *
     * @param beforeEach is run before each patient, on the calling thread, and may throw
     */
    RunOutcome report(
        Unit unit, Area area, ReportingYear year, LocalDate asOf, Runnable beforeEach);
  }

  @Override
  public JobOutcome run(JobRequest request, JobControl control) {
    RunOutcome outcome =
        reporting.report(
            request.unit(),
            new Area(request.required("area")),
            new ReportingYear(Integer.parseInt(request.required("reportingYear"))),
            LocalDate.parse(request.required("asOf")),
            () -> control.done("patients", 1));
    List<JobOutcome.Result> results = new ArrayList<>();
    results.add(JobOutcome.Result.count("patients", outcome.patients()));
    results.add(JobOutcome.Result.count("patients-not-evaluable", outcome.notEvaluable().size()));
    results.add(JobOutcome.Result.count("gaps", outcome.gaps().size()));
    outcome
        .reports()
        .forEach(
            report ->
                results.add(
                    JobOutcome.Result.reference(
                        "report", "MeasureReport/" + report.getIdElement().getIdPart())));
    return new JobOutcome(outcome.complete(), results);
  }
}
