package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One thing that a source hands in: a resource, or the deletion of one. */
public sealed interface Delivery {

  /** Whether it is in the form of a FHIR id (FHIR R4, datatypes.html#id). */
  static boolean isId(String id) {
    return Admission.isId(id);
  }

  /**
   * A resource under the source's own id.
   *
   * @param resource parsed strictly, with type and id
   * @param json the same as {@link StrictJson#encode(ObjectNode)} writes it, or null if the
   *     resource was changed since it was parsed
   * @param expectedVersion the version that must be current (If-Match), or null
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Update(Resource resource, byte @Nullable [] json, @Nullable Long expectedVersion)
      implements Delivery {

    /** A resource that was made or changed here, not taken as it came. */
    public Update(Resource resource, @Nullable Long expectedVersion) {
      this(resource, null, expectedVersion);
    }
  }

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
