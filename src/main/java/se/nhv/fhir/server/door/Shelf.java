package se.nhv.fhir.server.door;

import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The resources of one type that a door shows. Safe for use by many threads at once. */
public interface Shelf {

  /** The FHIR resource type. */
  String type();

  /** Every search parameter it knows. */
  List<SearchParameter> parameters();

  /**
   * The current resource, with its version and time where they are kept.
   *
   * @throws ca.uhn.fhir.rest.server.exceptions.ResourceGoneException if it was deleted
   */
  Optional<Resource> read(Caller caller, String id);

  /** One page of what the caller may see and asked for. */
  Found search(Caller caller, SearchRequest request);

  /**
   * One page of a search.
   *
   * @param resources in the order of their keys
   * @param total how many there are on all pages
   * @param next the cursor of the page after this one, or null if it is the last
   */
  record Found(List<? extends Resource> resources, long total, @Nullable String next) {}

  /** A shelf that keeps every version. */
  interface Versioned extends Shelf {

    /**
     * That version.
     *
     * @throws ca.uhn.fhir.rest.server.exceptions.ResourceGoneException if it is a deletion
     */
    Optional<Resource> read(Caller caller, String id, long version);

    /**
     * Every version, the newest first, each marked with how it came; empty if there never was one.
     */
    List<? extends Resource> history(Caller caller, String id);
  }
}
