package se.nhv.fhir.reporting;

import ca.uhn.fhir.context.FhirContext;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Organization;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.IndexEntry;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * The units that report, as Organizations with their HSA-id as id and identifier, and their name.
 * Safe for use by many threads at once.
 */
public final class Units {

  private static final String TYPE = "Organization";
  private static final int PAGE = 500;

  private final ResourceStore store;
  private final FhirContext fhir;

  /** Over the reports store, with a context of FHIR R4. */
  public Units(ResourceStore store, FhirContext fhir) {
    this.store = store;
    this.fhir = fhir;
  }

  /** Keeps the unit under that name, durably; the same name again changes nothing. */
  public Applied save(Unit unit, String name) {
    Organization organization = new Organization();
    organization.setId(unit.hsaId());
    organization.addIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit.hsaId());
    organization.setActive(true);
    organization.setName(name);
    byte[] json =
        fhir.newJsonParser().encodeResourceToString(organization).getBytes(StandardCharsets.UTF_8);
    List<IndexEntry> index =
        List.of(IndexEntry.token("identifier", Canonicals.HSA_ID + "|" + unit.hsaId()));
    return store.apply(List.of(new Change.Put(key(unit.hsaId()), null, index, json, null))).get(0);
  }

  /** The unit with that id; empty if it is not known. */
  public Optional<Organization> read(String hsaId) {
    return store.read(key(hsaId)).filter(version -> !version.deleted()).map(this::organization);
  }

  /** Every unit, in the order of their HSA-ids. */
  public List<Organization> all() {
    List<Organization> units = new ArrayList<>();
    @Nullable ResourceKey after = null;
    Page page;
    do {
      page = store.search(new Query(Reports.PARTITION, TYPE, List.of(), null, null, after, PAGE));
      for (StoredVersion version : page.versions()) {
        units.add(organization(version));
        after = version.key();
      }
    } while (page.more());
    return units;
  }

  private Organization organization(StoredVersion version) {
    String json = new String(version.json(), StandardCharsets.UTF_8);
    Organization organization = fhir.newJsonParser().parseResource(Organization.class, json);
    organization
        .getMeta()
        .setVersionId(Long.toString(version.version()))
        .setLastUpdated(Date.from(version.stored()));
    return organization;
  }

  private static ResourceKey key(String id) {
    return new ResourceKey(Reports.PARTITION, TYPE, id);
  }
}
