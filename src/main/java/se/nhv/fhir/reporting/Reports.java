package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * Summary reports with their revisions in one partition of the reports store: those that a unit
 * works on, or those that were submitted. A report is the same one when Measure version, unit and
 * period are; its revision is its version. Safe for use by many threads at once.
 */
public final class Reports {

  /** Where a unit's own reports and every unit are kept; no unit can have that id. */
  public static final String PARTITION = "reports";

  private static final String TYPE = "MeasureReport";

  private final ResourceStore store;
  private final FhirContext fhir;
  private final String partition;
  private final SummaryReportWriter writer = new SummaryReportWriter();

  /** A unit's own reports in the reports store, with a context of FHIR R4. */
  public Reports(ResourceStore store, FhirContext fhir) {
    this(store, fhir, PARTITION);
  }

  private Reports(ResourceStore store, FhirContext fhir, String partition) {
    this.store = store;
    this.fhir = fhir;
    this.partition = partition;
  }

  /** The reports of another partition of the reports store. */
  public static Reports in(String partition, ResourceStore store, FhirContext fhir) {
    return new Reports(store, fhir, partition);
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
    reports.forEach(report -> changes.add(change(summary(report), null)));
    return store.apply(changes);
  }

  /**
   * The new summary report made from the given one, with the id that follows from it.
   *
   * @throws ReportRefusedException if it is no summary report, or holds what none may hold
   */
  public MeasureReport summary(MeasureReport given) {
    MeasureReport summary = writer.write(given);
    summary.setId(ReportId.of(summary));
    return summary;
  }

  /**
   * The change that keeps a report as the next revision, for a batch of the same store.
   *
   * @param summary as {@link #summary} makes it
   * @param expected the revision that must be the latest, 0 for none, or null for any
   */
  public Change change(MeasureReport summary, @Nullable Long expected) {
    byte[] json =
        fhir.newJsonParser()
            .setStripVersionsFromReferences(false) // of each report used, the exact revision
            .encodeResourceToString(summary)
            .getBytes(StandardCharsets.UTF_8);
    return new Change.Put(key(summary.getIdPart()), null, ReportIndex.of(summary), json, expected);
  }

  /**
   * A change that changes nothing, and by which a batch of the same store is applied only while
   * that revision is the latest.
   *
   * @throws java.util.NoSuchElementException if there is no such revision
   */
  public Change unchanged(String id, long version) {
    byte[] json = store.read(key(id), version).orElseThrow().json();
    return new Change.Put(key(id), null, List.of(), json, version);
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
    Page page = store.search(ReportIndex.query(query, partition));
    return new ReportPage(
        page.versions().stream().map(this::report).toList(), page.total(), page.more());
  }

  /**
   * The latest revisions that match, from that page on to the last.
   *
   * @throws IllegalArgumentException if a value of the query cannot be read
   */
  public List<MeasureReport> all(ReportQuery first) {
    List<MeasureReport> all = new ArrayList<>();
    ReportQuery query = first;
    ReportPage page;
    do {
      page = find(query);
      all.addAll(page.reports());
      if (page.more()) {
        query = query.after(all.get(all.size() - 1).getIdPart());
      }
    } while (page.more());
    return all;
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

  private ResourceKey key(String id) {
    return new ResourceKey(partition, TYPE, id);
  }
}
