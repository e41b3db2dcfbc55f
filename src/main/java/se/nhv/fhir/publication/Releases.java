package se.nhv.fhir.publication;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Library;
import org.hl7.fhir.r4.model.MeasureReport;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * Every release that was made, for good. Of release n the store keeps what was published (masked
 * MeasureReports, partition {@code published-n}), the exact figures for the audit of later releases
 * (partition {@code published-n-exact}, which no door shows), and a manifest with the policy (a
 * Library, partition {@code published}). Safe for use by many threads at once.
 */
public final class Releases {

  private static final String REPORT = "MeasureReport";
  private static final String MANIFEST = "Library";
  private static final String MANIFESTS = "published";
  private static final int PAGE = 500;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ResourceStore store;
  private final FhirContext fhir;

  /** Over the reports store, with a context of FHIR R4. */
  public Releases(ResourceStore store, FhirContext fhir) {
    this.store = store;
    this.fhir = fhir;
  }

  /**
   * Keeps a release, whole or not at all, durably.
   *
   * @throws se.nhv.fhir.store.VersionConflictException if another release with that number was kept
   *     in the meantime; this one was not audited against it and must be made again
   */
  public void keep(Release release) {
    List<Change> changes = new ArrayList<>();
    changes.add(put(MANIFESTS, manifest(release)));
    PublishedReports.of(release.published())
        .forEach(report -> changes.add(put(partition(release.number()), report)));
    PublishedReports.of(release.exact())
        .forEach(report -> changes.add(put(exact(release.number()), report)));
    store.apply(changes);
  }

  /** Every release, in order. */
  public List<Release> all() {
    List<Release> releases = new ArrayList<>();
    Optional<Release> next = read(1);
    while (next.isPresent()) {
      releases.add(next.get());
      next = read(releases.size() + 1);
    }
    return releases;
  }

  /** The release with that number; empty if there is none. */
  public Optional<Release> read(int number) {
    return manifest(number).map(manifest -> release(number, manifest));
  }

  /** What was published with that number, without a look at what it hides; empty if nothing was. */
  public Optional<PublishedDataSet> published(int number) {
    return manifest(number).map(manifest -> published(number, manifest));
  }

  /** The number of the latest release; 0 if there is none. */
  public int latest() {
    Query query = new Query(MANIFESTS, MANIFEST, List.of(), null, null, null, 1);
    return Math.toIntExact(store.search(query).total());
  }

  private Optional<Library> manifest(int number) {
    return store
        .read(new ResourceKey(MANIFESTS, MANIFEST, manifestId(number)))
        .map(version -> parse(Library.class, version));
  }

  private PublishedDataSet published(int number, Library manifest) {
    LocalDate date = LocalDate.parse(manifest.getDateElement().getValueAsString());
    return PublishedReader.read(
        number, date, policy(manifest).version(), reports(partition(number)));
  }

  private Release release(int number, Library manifest) {
    List<MeasureReport> units = new ArrayList<>(reports(exact(number)));
    List<MeasureReport> national =
        units.stream().filter(report -> CubeReader.key(report).isNational()).toList();
    units.removeAll(national);
    Cube cube = new CubeReader().read(units, national, List.of());
    return new Release(policy(manifest), cube, published(number, manifest));
  }

  private List<MeasureReport> reports(String partition) {
    List<MeasureReport> reports = new ArrayList<>();
    @Nullable ResourceKey after = null;
    Page page;
    do {
      page = store.search(new Query(partition, REPORT, List.of(), null, null, after, PAGE));
      for (StoredVersion version : page.versions()) {
        reports.add(parse(MeasureReport.class, version));
        after = version.key();
      }
    } while (page.more());
    return reports;
  }

  private Library manifest(Release release) {
    Library manifest = new Library();
    manifest.setId(manifestId(release.number()));
    manifest.setVersion(Integer.toString(release.number()));
    manifest.setStatus(PublicationStatus.ACTIVE);
    manifest.setType(
        new CodeableConcept(
            new Coding()
                .setSystem("http://terminology.hl7.org/CodeSystem/library-type")
                .setCode("asset-collection")));
    manifest.setDateElement(new DateTimeType(release.published().date().toString()));
    try {
      manifest
          .addContent()
          .setContentType("application/json")
          .setTitle("disclosure policy " + release.policy().version())
          .setData(JSON.writeValueAsBytes(release.policy()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a disclosure policy could not be written as JSON", e);
    }
    return manifest;
  }

  private static DisclosurePolicy policy(Library manifest) {
    try {
      return JSON.readValue(manifest.getContentFirstRep().getData(), DisclosurePolicy.class);
    } catch (IOException e) {
      throw new IllegalStateException("the policy of a kept release cannot be read", e);
    }
  }

  private Change put(String partition, Resource resource) {
    String id = resource.getIdElement().getIdPart();
    String json = fhir.newJsonParser().encodeResourceToString(resource);
    return new Change.Put(
        new ResourceKey(partition, resource.fhirType(), id),
        null,
        List.of(IndexEntry.token("_id", id)),
        json.getBytes(StandardCharsets.UTF_8),
        0L);
  }

  private <T extends Resource> T parse(Class<T> type, StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    return fhir.newJsonParser().parseResource(type, json);
  }

  private static String manifestId(int number) {
    return "publicering-" + number;
  }

  private static String partition(int number) {
    return "published-" + number;
  }

  private static String exact(int number) {
    return partition(number) + "-exact";
  }
}
