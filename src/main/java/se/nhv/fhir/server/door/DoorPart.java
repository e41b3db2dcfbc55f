package se.nhv.fhir.server.door;

import java.util.List;

/**
 * What one feature adds to a door.
 *
 * @param door the door
 * @param providers HAPI's providers, which carry it out
 * @param types the resource types, for the CapabilityStatement
 * @param operations the operations at the door itself
 */
public record DoorPart(
    Door door, List<Object> providers, List<DoorType> types, List<DoorType.Operation> operations) {

  /** Copies the lists. */
  public DoorPart {
    providers = List.copyOf(providers);
    types = List.copyOf(types);
    operations = List.copyOf(operations);
  }
}
