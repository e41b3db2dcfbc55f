package se.nhv.fhir.intake;

import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One thing that a source hands in: a resource, or the deletion of one. */
public sealed interface Delivery {

  /**
   * A resource under the source's own id.
   *
   * @param resource parsed strictly, with type and id
   * @param expectedVersion the version that must be current (If-Match), or null
   */
  record Update(Resource resource, @Nullable Long expectedVersion) implements Delivery {}

  /**
   * A resource without an id, to be kept only if no resource of the unit has that identifier
   * (If-None-Exist).
   *
   * @param resource parsed strictly; its id, if any, is not used
   * @param system the system of the identifier
   * @param value the value of the identifier
   */
  record CreateIfNoneExist(Resource resource, String system, String value) implements Delivery {}

  /**
   * The deletion of a resource by the source's own id.
   *
   * @param type the resource type
   * @param id the source's own id
   * @param expectedVersion the version that must be current (If-Match), or null
   */
  record Deletion(String type, String id, @Nullable Long expectedVersion) implements Delivery {}
}
