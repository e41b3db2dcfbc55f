package se.nhv.fhir.server.door;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntryTransactionMethodEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.store.StoredVersion;

/** Stored versions as resources that say which version they are. */
public final class StoredResources {

  private StoredResources() {}

  /**
   * The resource with meta.versionId and meta.lastUpdated.
   *
   * @throws ResourceGoneException if the version is a deletion
   */
  public static Resource toResource(StoredVersion stored) {
    if (stored.deleted()) {
      throw new ResourceGoneException(
          stored.key() + " was deleted at version " + stored.version() + "; its history is kept.");
    }
    Resource resource =
        (Resource)
            FhirContext.forR4Cached()
                .newJsonParser()
                .parseResource(new String(stored.json(), StandardCharsets.UTF_8));
    return versioned(resource, stored);
  }

  /** The version as a history shows it: a deletion is a resource with nothing but its id. */
  static Resource toHistory(StoredVersion stored) {
    if (!stored.deleted()) {
      return asPut(toResource(stored));
    }
    Resource resource =
        (Resource)
            FhirContext.forR4Cached().getResourceDefinition(stored.key().type()).newInstance();
    ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(
        resource, BundleEntryTransactionMethodEnum.DELETE);
    return versioned(resource, stored);
  }

  /** Marks a version as one that was put, for a history. */
  public static <R extends Resource> R asPut(R resource) {
    ResourceMetadataKeyEnum.ENTRY_TRANSACTION_METHOD.put(
        resource, BundleEntryTransactionMethodEnum.PUT);
    return resource;
  }

  private static Resource versioned(Resource resource, StoredVersion stored) {
    String version = Long.toString(stored.version());
    resource.setId(new IdType(stored.key().type(), stored.key().id(), version));
    resource.getMeta().setVersionId(version).setLastUpdated(Date.from(stored.stored()));
    return resource;
  }
}
