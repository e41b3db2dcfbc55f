package se.nhv.fhir.intake.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.StrictJson;

/**
 * A ConceptMap or StructureMap of a unit, as it was written.
 *
 * @param name by which a fault names it: a file, or type and id
 * @param resource parsed strictly
 * @param json in the form of {@link StrictJson#encode(ObjectNode)}
 */
@SuppressWarnings("ArrayRecordComponent")
public record MappingResource(String name, Resource resource, byte[] json) {

  /**
   * Reads one.
   *
   * @throws se.nhv.fhir.intake.MalformedResourceException naming every fault
   */
  public static MappingResource of(String name, byte[] json) {
    return of(name, StrictJson.tree(json));
  }

  /**
   * Reads one that is already a JSON object.
   *
   * @throws se.nhv.fhir.intake.MalformedResourceException naming every fault
   */
  public static MappingResource of(String name, ObjectNode json) {
    return new MappingResource(name, StrictJson.parse(json), StrictJson.encode(json));
  }

  /** Type and id, or the type alone where there is no id. */
  String reference() {
    String id = resource.getIdElement().getIdPart();
    return id == null ? resource.fhirType() : resource.fhirType() + "/" + id;
  }
}
