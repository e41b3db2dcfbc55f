package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;

/**
 * What a unit sent, where its mapping has made something else of it. Safe for use by many threads.
 */
public final class Originals {

  private final ResourceStore store;

  /** Those in that store. */
  public Originals(ResourceStore store) {
    this.store = store;
  }

  /**
   * The JSON as the unit sent it.
   *
   * @param counted the current version of a resource among the unit's care
   * @return that of the original beside it, or its own if mapping left it as it was
   */
  public byte[] of(Unit unit, StoredVersion counted) {
    return store
        .read(Partitions.original(counted.key(), unit))
        .filter(it -> !it.deleted())
        .map(StoredVersion::json)
        .filter(it -> lastUpdated(it).equals(lastUpdated(counted.json())))
        .orElse(counted.json());
  }

  /** A version that came late can have left an original of its own: its time tells them apart. */
  private static String lastUpdated(byte[] json) {
    ObjectNode resource = StrictJson.tree(json);
    return resource.path("meta").path("lastUpdated").asText();
  }
}
