package se.nhv.fhir.server.quality;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Area;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.run.FactCsv;
import se.nhv.fhir.run.MeasureQuality;
import se.nhv.fhir.run.QualityLine;
import se.nhv.fhir.run.QualityReport;
import se.nhv.fhir.server.door.AnswerFormat;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;

/** {@code $quality}: what is wrong with the caller's own data, by Measure. */
final class QualityProvider {

  /** $quality at the system. */
  static final DoorType.Operation QUALITY =
      new DoorType.Operation(
          "quality",
          Canonicals.ROOT + "/OperationDefinition/quality",
          "GET with area, reportingYear and asOf (today if absent): judges the unit's data anew and"
              + " answers a collection Bundle: Parameters with the lines by Measure, then a"
              + " DetectedIssue for each data error; with _format=text/csv a table of them.");

  /** The table. */
  static final AnswerFormat CSV = new AnswerFormat(QUALITY.name(), FactCsv.MEDIA_TYPE, "csv");

  private static final List<String> KNOWN = List.of("area", "reportingYear", "asOf");

  private final DataQuality quality;
  private final Clock clock;

  /** The clock's zone decides which day it is. */
  QualityProvider(DataQuality quality, Clock clock) {
    this.quality = quality;
    this.clock = clock;
  }

  /**
   * A collection Bundle: Parameters with the lines by Measure, then every DetectedIssue; or CSV.
   */
  @Operation(name = "$quality", idempotent = true, manualResponse = true)
  public void quality(
      @OperationParam(name = "area", min = 0) @Nullable StringType area,
      @OperationParam(name = "reportingYear", min = 0) @Nullable IntegerType reportingYear,
      @OperationParam(name = "asOf", min = 0) @Nullable DateType asOf,
      RequestDetails request,
      HttpServletRequest http,
      HttpServletResponse response)
      throws IOException {
    OperationParameters.onlyKnown(request, KNOWN);
    if (area == null || reportingYear == null) {
      throw new InvalidRequestException(
          "$quality takes area (for example net), reportingYear and, if it is not today, asOf.");
    }
    LocalDate day = OperationParameters.day("asOf", asOf, LocalDate.now(clock));
    DataQuality.Answer answer;
    try {
      answer =
          quality.report(
              Caller.unitOf(request),
              new Area(area.getValue()),
              new ReportingYear(reportingYear.getValue()),
              day);
    } catch (IllegalArgumentException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
    }
    response.setStatus(HttpServletResponse.SC_OK);
    response.setHeader("Cache-Control", "no-store");
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    boolean csv = CSV.isWanted(http);
    response.setContentType(csv ? FactCsv.MEDIA_TYPE : Outcomes.FHIR_JSON);
    try (Writer out = response.getWriter()) {
      if (csv) {
        answer.table().write(answer.report().facts(), false, out);
      } else {
        FhirContext.forR4Cached().newJsonParser().encodeResourceToWriter(bundle(answer), out);
      }
    }
  }

  private static Bundle bundle(DataQuality.Answer answer) {
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    bundle.addEntry().setResource(lines(answer.report()));
    answer.report().facts().forEach(it -> bundle.addEntry().setResource(answer.issues().of(it)));
    return bundle;
  }

  private static Parameters lines(QualityReport report) {
    Parameters parameters = new Parameters();
    parameters.addParameter("errors", Math.toIntExact(report.errors()));
    parameters.addParameter("warnings", Math.toIntExact(report.facts().size() - report.errors()));
    for (MeasureQuality of : report.measures()) {
      ParametersParameterComponent measure = parameters.addParameter().setName("measure");
      String canonical = of.measure().reference().canonical();
      measure.addPart().setName("canonical").setValue(new CanonicalType(canonical));
      measure
          .addPart()
          .setName("title")
          .setValue(new StringType(of.measure().resource().getTitle()));
      of.lines().forEach(line -> add(measure, line));
    }
    if (!report.untied().isEmpty()) {
      ParametersParameterComponent untied = parameters.addParameter().setName("untied");
      report.untied().forEach(line -> add(untied, line));
    }
    return parameters;
  }

  private static void add(ParametersParameterComponent to, QualityLine line) {
    ParametersParameterComponent part = to.addPart().setName("line");
    part.addPart()
        .setName(line.ofReport() ? "notCounted" : "rule")
        .setValue(new CodeType(line.code()));
    part.addPart().setName("severity").setValue(new CodeType(line.severity().code()));
    part.addPart().setName("count").setValue(new IntegerType(Math.toIntExact(line.count())));
    part.addPart().setName("text").setValue(new StringType(line.swedish()));
    part.addPart().setName("english").setValue(new StringType(line.english()));
  }
}
