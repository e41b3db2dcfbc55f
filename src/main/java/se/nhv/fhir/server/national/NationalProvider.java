package se.nhv.fhir.server.national;

import ca.uhn.fhir.rest.annotation.IdParam;
import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.DecimalType;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.ReportRefusedException;
import se.nhv.fhir.reporting.national.Aggregation;
import se.nhv.fhir.reporting.national.FigureDifference;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;
import se.nhv.fhir.server.door.Outcomes;
import se.nhv.fhir.server.door.ReadProvider;
import se.nhv.fhir.server.door.VersionedProvider;
import se.nhv.fhir.server.reports.ReportShelf;

/** Submitted reports and Riket, what a revision changed, and sums over units and years. */
public final class NationalProvider extends VersionedProvider {

  /** $differences at a MeasureReport. */
  static final DoorType.Operation DIFFERENCES =
      new DoorType.Operation(
          "differences",
          Canonicals.ROOT + "/OperationDefinition/differences",
          "GET at a MeasureReport with from and to, two of its revisions (absent: the latest two):"
              + " answers Parameters with a part figure for each figure that differs: path, before,"
              + " after, either of which may be absent.");

  /** $aggregate at the type MeasureReport. */
  static final DoorType.Operation AGGREGATE =
      new DoorType.Operation(
          "aggregate",
          Canonicals.ROOT + "/OperationDefinition/aggregate",
          "GET with measure (a canonical, with or without version), and if wanted reporter (repeated;"
              + " absent: every unit), periodStart and periodEnd (the first and last day within which"
              + " the measurement periods lie): answers one MeasureReport of the latest revisions,"
              + " pooled as Riket is, which names each of them. It is not kept.");

  private static final int PAGE = 200;

  private final ReportShelf shelf;
  private final Supplier<NationalReports> national;
  private final Supplier<Content> content;

  NationalProvider(
      ReportShelf shelf, Supplier<NationalReports> national, Supplier<Content> content) {
    super(shelf);
    this.shelf = shelf;
    this.national = national;
    this.content = content;
  }

  /** $differences: which figures differ between two revisions. */
  @Operation(name = "$differences", type = MeasureReport.class, idempotent = true)
  public Parameters differences(
      @IdParam IdType id,
      @OperationParam(name = "from", min = 0) @Nullable IntegerType from,
      @OperationParam(name = "to", min = 0) @Nullable IntegerType to,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("from", "to"));
    long latest =
        shelf
            .read(Caller.of(request), id.getIdPart())
            .map(it -> Long.parseLong(it.getMeta().getVersionId()))
            .orElseThrow(() -> new ResourceNotFoundException(ReadProvider.notFound(id)));
    long later = to == null ? latest : to.getValue();
    long earlier = from == null ? later - 1 : from.getValue();
    if (earlier < 1 || later < 1 || earlier > latest || later > latest) {
      throw new InvalidRequestException(
          "$differences takes two revisions, from 1 to " + latest + ", which is the latest.");
    }
    Parameters answer = new Parameters();
    answer.addParameter("from", new IntegerType(earlier));
    answer.addParameter("to", new IntegerType(later));
    national
        .get()
        .differences(id.getIdPart(), earlier, later)
        .forEach(it -> add(answer.addParameter().setName("figure"), it));
    return answer;
  }

  private static void add(ParametersParameterComponent figure, FigureDifference difference) {
    figure.addPart().setName("path").setValue(new StringType(difference.path()));
    add(figure, "before", difference.before());
    add(figure, "after", difference.after());
  }

  private static void add(
      ParametersParameterComponent figure, String name, @Nullable BigDecimal value) {
    if (value != null) {
      figure.addPart().setName(name).setValue(new DecimalType(value));
    }
  }

  /** $aggregate: the figures of some units and years together. */
  @Operation(name = "$aggregate", type = MeasureReport.class, idempotent = true)
  public MeasureReport aggregate(
      @OperationParam(name = "measure", min = 0) @Nullable StringType measure,
      @OperationParam(name = "reporter", min = 0) @Nullable List<StringType> reporters,
      @OperationParam(name = "periodStart", min = 0) @Nullable DateType periodStart,
      @OperationParam(name = "periodEnd", min = 0) @Nullable DateType periodEnd,
      RequestDetails request) {
    OperationParameters.onlyKnown(
        request, List.of("measure", "reporter", "periodStart", "periodEnd"));
    if (measure == null || measure.isEmpty()) {
      throw new InvalidRequestException(
          "$aggregate takes measure, the canonical URL of a Measure, with or without its version.");
    }
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    parameters.put("measure", List.of(measure.getValue()));
    parameters.put("status", List.of("complete"));
    if (reporters != null && !reporters.isEmpty()) {
      parameters.put(
          "reporter", List.of(String.join(",", reporters.stream().map(this::unit).toList())));
    }
    LocalDate start = OperationParameters.day("periodStart", periodStart, LocalDate.MIN);
    LocalDate end = OperationParameters.day("periodEnd", periodEnd, LocalDate.MAX);
    List<MeasureReport> chosen =
        shelf.reports().all(new ReportQuery(parameters, null, PAGE)).stream()
            .filter(it -> it.getReporter().hasReference())
            .filter(it -> !day(it.getPeriod().getStartElement()).isBefore(start))
            .filter(it -> !day(it.getPeriod().getEndElement()).isAfter(end))
            .toList();
    try {
      return new Aggregation(content.get()).of(chosen);
    } catch (ReportRefusedException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
    }
  }

  private String unit(StringType reporter) {
    String value = String.valueOf(reporter.getValue());
    if (!value.matches("(Organization/)?[A-Z0-9-]{1,31}")) {
      throw new InvalidRequestException(
          "reporter takes Organization/ and the HSA-id of a unit, or the HSA-id.");
    }
    return value;
  }

  private static LocalDate day(DateTimeType element) {
    return LocalDate.parse(element.getValueAsString());
  }
}
