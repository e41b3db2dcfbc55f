package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.MeasureReport;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * Summary reports with their revisions. A report is the same one when Measure version, unit and
 * period are; its revision is its version. Safe for use by many threads at once.
 */
public final class Reports {

  /** Where every report and unit is kept; no unit of a hospital can have that id. */
  static final String PARTITION = "reports";

  private static final String TYPE = "MeasureReport";

  private final ResourceStore store;
  private final FhirContext fhir;
  private final SummaryReportWriter writer = new SummaryReportWriter();

  /** Over the reports store, with a context of FHIR R4. */
  public Reports(ResourceStore store, FhirContext fhir) {
    this.store = store;
    this.fhir = fhir;
  }

  /**
   * Keeps a new summary report made from the given one, durably: as the first revision, as the next
   * one if the content differs from the latest, or not at all if it is the same. The id follows
   * from Measure, unit and period.
   *
   * @throws ReportRefusedException if it is no summary report, or holds what none may hold
   */
  public Applied save(MeasureReport report) {
    return save(List.of(report)).get(0);
  }

  /** Keeps all of them or none, and answers in their order. See {@link #save(MeasureReport)}. */
  public List<Applied> save(List<MeasureReport> reports) {
    List<Change> changes = new ArrayList<>();
    for (MeasureReport report : reports) {
      MeasureReport summary = writer.write(report);
      summary.setId(ReportId.of(summary));
      byte[] json =
          fhir.newJsonParser().encodeResourceToString(summary).getBytes(StandardCharsets.UTF_8);
      changes.add(
          new Change.Put(key(summary.getIdPart()), null, ReportIndex.of(summary), json, null));
    }
    return store.apply(changes);
  }

  /** As {@link #save(List)}, and answers with the revisions that now stand for them. */
  public List<MeasureReport> keep(List<MeasureReport> reports) {
    return save(reports).stream()
        .map(applied -> read(applied.key().id(), applied.version()).orElseThrow())
        .toList();
  }

  /** The latest revision; empty if there is no such report. */
  public Optional<MeasureReport> read(String id) {
    return store.read(key(id)).filter(version -> !version.deleted()).map(this::report);
  }

  /** That revision, from 1; empty if there is none. */
  public Optional<MeasureReport> read(String id, long version) {
    return store.read(key(id), version).filter(found -> !found.deleted()).map(this::report);
  }

  /** Every revision, the newest first; empty if there is no such report. */
  public List<MeasureReport> history(String id) {
    return store.history(key(id)).stream()
        .filter(version -> !version.deleted())
        .map(this::report)
        .toList();
  }

  /**
   * One page of the latest revisions that match.
   *
   * @throws IllegalArgumentException if a value of the query cannot be read
   */
  public ReportPage find(ReportQuery query) {
    Page page = store.search(ReportIndex.query(query, PARTITION));
    return new ReportPage(
        page.versions().stream().map(this::report).toList(), page.total(), page.more());
  }

  private MeasureReport report(StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    MeasureReport report = fhir.newJsonParser().parseResource(MeasureReport.class, json);
    report
        .getMeta()
        .setVersionId(Long.toString(version.version()))
        .setLastUpdated(Date.from(version.stored()));
    return report;
  }

  private static ResourceKey key(String id) {
    return new ResourceKey(PARTITION, TYPE, id);
  }
}
