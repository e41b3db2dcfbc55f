package se.nhv.fhir.server;

import java.util.List;
import java.util.Optional;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.StoredVersion;

/** The kept MeasureReports as the report door reads them. Safe for use by many threads at once. */
interface ReportArchive {

  /** The current version. */
  Optional<StoredVersion> read(String id);

  /** That version. */
  Optional<StoredVersion> read(String id, long version);

  /** Every version, the newest first; empty if there never was one. */
  List<StoredVersion> history(String id);

  /** Whether that unit is the reporter of the report. */
  boolean isReportedBy(StoredVersion report, Unit unit);

  /** One page; the type of the query is MeasureReport. */
  Page search(Query query);
}
