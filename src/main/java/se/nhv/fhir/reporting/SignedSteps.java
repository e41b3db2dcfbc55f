package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Provenance;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.Query.Comparison;
import se.nhv.fhir.store.Query.Criterion;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * The steps on reports' ways, kept as Provenances in one partition of the reports store. Safe for
 * use by many threads at once.
 */
public final class SignedSteps {

  private static final String TYPE = "Provenance";
  private static final String REPORT = "target";
  private static final int PAGE = 200;

  private final ResourceStore store;
  private final String partition;

  /** Those of the reports that a unit works on. */
  public static SignedSteps working(ResourceStore store) {
    return new SignedSteps(store, Reports.PARTITION);
  }

  /** Those of another partition of the reports store. */
  public static SignedSteps in(String partition, ResourceStore store) {
    return new SignedSteps(store, partition);
  }

  private SignedSteps(ResourceStore store, String partition) {
    this.store = store;
    this.partition = partition;
  }

  /** The change that keeps a step that is not there yet, for a batch of the same store. */
  public Change change(SignedStep step) {
    byte[] json =
        FhirContext.forR4Cached()
            .newJsonParser()
            .setStripVersionsFromReferences(false)
            .encodeResourceToString(step.provenance())
            .getBytes(StandardCharsets.UTF_8);
    List<IndexEntry> index = new ArrayList<>();
    index.add(IndexEntry.token("_id", step.id()));
    index.add(IndexEntry.token(REPORT, "MeasureReport/" + step.report()));
    index.add(IndexEntry.token(REPORT, step.target()));
    index.add(IndexEntry.token("activity", step.step().code()));
    index.add(IndexEntry.token("reporter", "Organization/" + step.unit()));
    return new Change.Put(key(step.id()), null, index, json, 0L);
  }

  /** Keeps a step that is not there yet, durably. */
  public void add(SignedStep step) {
    store.apply(List.of(change(step)));
  }

  /** Every step of the report, in their order in time. */
  public List<SignedStep> of(String report) {
    List<SignedStep> steps = new ArrayList<>();
    Criterion target = new Criterion(REPORT, Comparison.EQUAL, List.of("MeasureReport/" + report));
    @Nullable ResourceKey after = null;
    Page page;
    do {
      page = store.search(new Query(partition, TYPE, List.of(target), null, null, after, PAGE));
      for (StoredVersion version : page.versions()) {
        steps.add(step(version));
        after = version.key();
      }
    } while (page.more());
    steps.sort(Comparator.comparing(SignedStep::recorded).thenComparing(SignedStep::step));
    return steps;
  }

  /** That step of that version of the report; empty if it was not taken. */
  public Optional<SignedStep> of(String report, long version, ReportingStep step) {
    return store.read(key(SignedStep.id(step, report, version))).map(SignedSteps::step);
  }

  private static SignedStep step(StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    return SignedStep.of(
        FhirContext.forR4Cached().newJsonParser().parseResource(Provenance.class, json));
  }

  private ResourceKey key(String id) {
    return new ResourceKey(partition, TYPE, id);
  }
}
