package se.nhv.fhir.reporting;

import java.util.List;
import org.hl7.fhir.r4.model.MeasureReport;

/**
 * One page of reports.
 *
 * @param reports in the order of their ids
 * @param total how many there are on all pages
 * @param more whether a further page follows, after the id of the last one here
 */
public record ReportPage(List<MeasureReport> reports, long total, boolean more) {}
