package se.nhv.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.store.StoredVersion;

/** Stored versions as resources that say which version they are. */
final class StoredResources {

  private StoredResources() {}

  /**
   * The resource with meta.versionId and meta.lastUpdated.
   *
   * @throws ResourceGoneException if the version is a deletion
   */
  static Resource toResource(StoredVersion stored) {
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

  /** An empty resource of the type that stands for a deletion in a history. */
  static Resource toTombstone(StoredVersion stored) {
    Resource resource =
        (Resource)
            FhirContext.forR4Cached().getResourceDefinition(stored.key().type()).newInstance();
    return versioned(resource, stored);
  }

  private static Resource versioned(Resource resource, StoredVersion stored) {
    String version = Long.toString(stored.version());
    resource.setId(new IdType(stored.key().type(), stored.key().id(), version));
    resource.getMeta().setVersionId(version).setLastUpdated(Date.from(stored.stored()));
    return resource;
  }
}
