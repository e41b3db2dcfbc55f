package se.nhv.fhir.server;

import java.util.List;

/**
 * What one feature adds to the intake door.
 *
 * @param providers HAPI's providers, which carry it out
 * @param types the resource types, for the CapabilityStatement
 * @param operations the operations at the door itself
 */
record DoorPart(List<Object> providers, List<DoorType> types, List<DoorType.Operation> operations) {

  /** Copies the lists. */
  DoorPart {
    providers = List.copyOf(providers);
    types = List.copyOf(types);
    operations = List.copyOf(operations);
  }
}
