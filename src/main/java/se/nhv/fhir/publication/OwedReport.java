package se.nhv.fhir.publication;

import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Measure.MeasureGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportGroupComponent;
import org.hl7.fhir.r4.model.MeasureReport.MeasureReportStatus;
import org.hl7.fhir.r4.model.Quantity;
import se.nhv.fhir.content.MeasureDefinition;
import se.nhv.fhir.content.MeasureElements;
import se.nhv.fhir.measure.Canonicals;

/**
 * A report that is owed and that nobody's stands for: the groups, populations and statistics that
 * its Measure defines, without a figure. Strata are left out; which there would be is not known.
 */
final class OwedReport {

  private OwedReport() {}

  static MeasureReport of(ReportKey key, MeasureDefinition measure) {
    MeasureReport report = PublishedReports.empty(key, MeasureReportStatus.PENDING);
    for (MeasureGroupComponent defined : measure.resource().getGroup()) {
      MeasureReportGroupComponent group = report.addGroup().setCode(defined.getCode());
      defined.getPopulation().forEach(it -> group.addPopulation().setCode(it.getCode()));
      if (MeasureElements.hasObservation(defined)) {
        Extension statistics = new Extension(Canonicals.structureDefinition("statistik"));
        statistics.addExtension(CellKey.COUNT, new Quantity());
        CellKey.QUANTITIES.forEach(it -> statistics.addExtension(it, new Quantity()));
        group.addExtension(statistics);
      }
    }
    return report;
  }
}
