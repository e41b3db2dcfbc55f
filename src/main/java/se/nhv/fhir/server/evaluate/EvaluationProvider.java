package se.nhv.fhir.server.evaluate;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasureReference;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.run.jobs.JobKind;
import se.nhv.fhir.run.jobs.JobRequest;
import se.nhv.fhir.run.jobs.Jobs;
import se.nhv.fhir.server.door.Accepted;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;

/** The operations that read a unit's patients: only at the intake door, only for its own unit. */
final class EvaluationProvider {

  /** $evaluate-measure at the type and the instance. */
  static final DoorType.Operation EVALUATE_MEASURE =
      new DoorType.Operation(
          "evaluate-measure",
          "http://hl7.org/fhir/OperationDefinition/Measure-evaluate-measure",
          "At the type with measure (a canonical), or at a Measure. Takes periodStart and periodEnd"
              + " (days), reportType summary, and asOf (the day for which it speaks; today if absent)."
              + " Stores nothing.");

  /** $report at the system. */
  static final DoorType.Operation REPORT =
      new DoorType.Operation(
          "report",
          Canonicals.ROOT + "/OperationDefinition/report",
          "POST with area, reportingYear and asOf (today if absent): evaluates every Measure that the"
              + " year owes, keeps the reports and answers them as a collection Bundle; with Prefer:"
              + " respond-async as a job, with 202 and Content-Location of its Task.");

  private final MeasureEvaluation evaluation;
  private final ReportingRun run;
  private final ConformanceResources conformance;
  private final Jobs jobs;
  private final Clock clock;

  /** The clock's zone decides which day it is. */
  EvaluationProvider(
      MeasureEvaluation evaluation,
      ReportingRun run,
      ConformanceResources conformance,
      Jobs jobs,
      Clock clock) {
    this.evaluation = evaluation;
    this.run = run;
    this.conformance = conformance;
    this.jobs = jobs;
    this.clock = clock;
  }

  /** $evaluate-measure at the type, with the canonical of the Measure. */
  @Operation(name = "$evaluate-measure", typeName = "Measure", idempotent = true)
  public MeasureReport evaluateByCanonical(
      @OperationParam(name = "measure", min = 0) @Nullable StringType measure,
      @OperationParam(name = "periodStart", min = 0) @Nullable DateType periodStart,
      @OperationParam(name = "periodEnd", min = 0) @Nullable DateType periodEnd,
      @OperationParam(name = "asOf", min = 0) @Nullable DateType asOf,
      @OperationParam(name = "reportType", min = 0) @Nullable StringType reportType,
      RequestDetails request) {
    OperationParameters.onlyKnown(
        request, List.of("measure", "periodStart", "periodEnd", "asOf", "reportType"));
    return evaluate(byCanonical(measure), periodStart, periodEnd, asOf, reportType, request);
  }

  /** $evaluate-measure at a Measure. */
  @Operation(name = "$evaluate-measure", typeName = "Measure", idempotent = true)
  public MeasureReport evaluateById(
      @IdParam IdType id,
      @OperationParam(name = "periodStart", min = 0) @Nullable DateType periodStart,
      @OperationParam(name = "periodEnd", min = 0) @Nullable DateType periodEnd,
      @OperationParam(name = "asOf", min = 0) @Nullable DateType asOf,
      @OperationParam(name = "reportType", min = 0) @Nullable StringType reportType,
      RequestDetails request) {
    OperationParameters.onlyKnown(
        request, List.of("periodStart", "periodEnd", "asOf", "reportType"));
    MetadataResource measure =
        conformance.ofType("Measure").stream()
            .filter(it -> it.getIdElement().getIdPart().equals(id.getIdPart()))
            .findFirst()
            .orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
    return evaluate(measure, periodStart, periodEnd, asOf, reportType, request);
  }

  /** $report: every Measure of the area that the year owes, evaluated and kept, or a job for it. */
  @Operation(name = "$report")
  public Resource report(
      @OperationParam(name = "area", min = 0) @Nullable StringType area,
      @OperationParam(name = "reportingYear", min = 0) @Nullable IntegerType reportingYear,
      @OperationParam(name = "asOf", min = 0) @Nullable DateType asOf,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("area", "reportingYear", "asOf"));
    if (area == null || reportingYear == null) {
      throw new InvalidRequestException(
          "$report takes area (for example net), reportingYear and, if it is not today, asOf.");
    }
    Unit unit = Caller.unitOf(request);
    LocalDate day = OperationParameters.day("asOf", asOf, LocalDate.now(clock));
    if (Accepted.wanted(request)) {
      return Accepted.of(jobs.start(job(unit, area, reportingYear, day)), request);
    }
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    try {
      run.report(unit, new Area(area.getValue()), new ReportingYear(reportingYear.getValue()), day)
          .forEach(report -> bundle.addEntry().setResource(report));
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
    return bundle;
  }

  private static JobRequest job(Unit unit, StringType area, IntegerType year, LocalDate asOf) {
    try {
      return JobRequest.of(unit, JobKind.REPORT)
          .with("area", new Area(area.getValue()).code())
          .with("reportingYear", new ReportingYear(year.getValue()).toString())
          .with("asOf", asOf.toString());
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private MeasureReport evaluate(
      MetadataResource measure,
      @Nullable DateType periodStart,
      @Nullable DateType periodEnd,
      @Nullable DateType asOf,
      @Nullable StringType reportType,
      RequestDetails request) {
    if (reportType != null && !"summary".equals(reportType.getValue())) {
      throw new UnprocessableEntityException(
          "Only summary reports are made here: leave reportType out or write summary.");
    }
    LocalDate start = OperationParameters.day("periodStart", periodStart, null);
    LocalDate end = OperationParameters.day("periodEnd", periodEnd, null);
    LocalDate day = OperationParameters.day("asOf", asOf, LocalDate.now(clock));
    try {
      return evaluation.evaluate(
          Caller.unitOf(request),
          new MeasureReference(nameOf(measure), measure.getVersion()),
          new MeasurementPeriod(start, end),
          day);
    } catch (IllegalArgumentException e) {
      throw refused(e);
    }
  }

  private MetadataResource byCanonical(@Nullable StringType canonical) {
    if (canonical == null || canonical.isEmpty()) {
      throw new InvalidRequestException(
          "$evaluate-measure takes measure, the canonical URL of a Measure, with its version.");
    }
    String[] parts = canonical.getValue().split("\\|", 2);
    List<MetadataResource> found =
        conformance.ofType("Measure").stream()
            .filter(it -> parts[0].equals(it.getUrl()))
            .filter(it -> parts.length == 1 || parts[1].equals(it.getVersion()))
            .toList();
    if (found.isEmpty()) {
      throw new ResourceNotFoundException("No Measure with this canonical is known here.");
    }
    if (found.size() > 1) {
      throw new InvalidRequestException(
          "There are several versions of this Measure: write which, as url|version, of "
              + String.join(", ", found.stream().map(MetadataResource::getVersion).toList())
              + ".");
    }
    return found.get(0);
  }

  private static String nameOf(MetadataResource measure) {
    return measure.getUrl().substring(measure.getUrl().lastIndexOf('/') + 1);
  }

  private static UnprocessableEntityException refused(IllegalArgumentException e) {
    return new UnprocessableEntityException(
        "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
  }
}
