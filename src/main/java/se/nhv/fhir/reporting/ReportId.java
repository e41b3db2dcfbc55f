package se.nhv.fhir.reporting;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;

/**
 * The id of a report: {@code <measure id>-<HSA-id>-<yyyyMMdd start>-<yyyyMMdd end>}. What cannot
 * give one is refused with its place and never repeated.
 */
public final class ReportId {

  private static final Pattern MEASURE = Pattern.compile(".*/Measure/([A-Za-z0-9.-]+)\\|([0-9.]+)");
  private static final int LONGEST = 64; // R4 datatypes, id

  private ReportId() {}

  /** The id that follows from the report's measure, reporter and period. */
  public static String of(MeasureReport report) {
    String id =
        measure(report.getMeasure())
            + "-"
            + reporter(report)
            + "-"
            + BASIC_ISO_DATE.format(day(report.getPeriod().getStartElement(), "start"))
            + "-"
            + BASIC_ISO_DATE.format(day(report.getPeriod().getEndElement(), "end"));
    if (id.length() > LONGEST) {
      throw new ReportRefusedException(
          "MeasureReport.measure and reporter give an id longer than " + LONGEST + " characters");
    }
    return id;
  }

  /** The id of the unit's report of that. */
  public static String of(Unit unit, FinalReports.Owed owed) {
    return of(unit.hsaId(), owed);
  }

  /** The id of the report for the country of that. */
  public static String ofRiket(FinalReports.Owed owed) {
    return of("riket", owed);
  }

  private static String of(String reporter, FinalReports.Owed owed) {
    return owed.measure().name()
        + "-"
        + owed.measure().version()
        + "-"
        + reporter
        + "-"
        + BASIC_ISO_DATE.format(owed.period().start())
        + "-"
        + BASIC_ISO_DATE.format(owed.period().end());
  }

  private static String measure(@Nullable String canonical) {
    Matcher matcher = MEASURE.matcher(canonical == null ? "" : canonical);
    if (!matcher.matches()) {
      throw new ReportRefusedException(
          "MeasureReport.measure must be <url>/Measure/<name>|<version>");
    }
    return matcher.group(1) + "-" + matcher.group(2);
  }

  private static String reporter(MeasureReport report) {
    if (report.getReporter().hasReference()) {
      return report.getReporter().getReference().substring("Organization/".length());
    }
    Identifier identifier = report.getReporter().getIdentifier();
    if (Canonicals.identifier("niva").equals(identifier.getSystem())
        && "riket".equals(identifier.getValue())) {
      return identifier.getValue();
    }
    throw new ReportRefusedException(
        "MeasureReport.reporter must refer to Organization/<HSA-id> or be identified as "
            + Canonicals.identifier("niva")
            + "|riket");
  }

  private static LocalDate day(DateTimeType element, String name) {
    String text = element.getValueAsString();
    try {
      return LocalDate.parse(text == null ? "" : text);
    } catch (DateTimeParseException e) {
      throw new ReportRefusedException(
          "MeasureReport.period." + name + " must be a whole day (yyyy-MM-dd)");
    }
  }
}
