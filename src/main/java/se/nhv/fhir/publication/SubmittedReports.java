package se.nhv.fhir.publication;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.MeasurementPeriod;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.reporting.ReportQuery;
import se.nhv.fhir.reporting.Reports;

/**
 * The latest submitted reports of a reporting year.
 *
 * @param units the units' reports
 * @param national Riket's
 * @param expected those that Riket says are missing
 */
record SubmittedReports(
    List<MeasureReport> units, List<MeasureReport> national, List<ReportKey> expected) {

  /** More than there are of one Measure: a report and the Riket with it are read in one search. */
  private static final int PAGE = 10_000;

  /** Those of every Measure that is owed in that year. */
  static SubmittedReports of(ReportingYear year, Content content, Reports kept) {
    SubmittedReports found =
        new SubmittedReports(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    content.measures().stream()
        .filter(MeasureDefinition::isComputable)
        .filter(measure -> measure.schedule().isOwed(year))
        .forEach(
            measure -> found.add(measure, measure.schedule().period(year).orElseThrow(), kept));
    return found;
  }

  private void add(MeasureDefinition measure, MeasurementPeriod period, Reports kept) {
    String canonical = measure.reference().canonical();
    for (MeasureReport report : kept.all(ReportQuery.of("measure", canonical, PAGE))) {
      ReportKey key = CubeReader.key(report);
      if (!key.period().equals(period)) {
        continue;
      }
      if (key.isNational()) {
        national.add(report);
        addMissing(report, key);
      } else {
        units.add(report);
      }
    }
  }

  private void addMissing(MeasureReport riket, ReportKey key) {
    for (Extension missing :
        riket.getExtensionsByUrl(Canonicals.structureDefinition("saknad-enhet"))) {
      if (missing.getExtensionByUrl("unit").getValue() instanceof Identifier unit) {
        expected.add(new ReportKey(unit.getValue(), key.measure(), key.period()));
      }
    }
  }
}
