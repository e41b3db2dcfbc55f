package se.nhv.fhir.server.door;

import java.util.List;

/**
 * What one feature adds to a door.
 *
 * @param door the door
 * @param providers HAPI's providers, which carry it out
 * @param types the resource types, for the CapabilityStatement
 * @param operations the operations at the door itself
 * @param formats the forms of its operations' answers beside JSON
 * @param failures the answers to failures that only it knows
 */
public record DoorPart(
    Door door,
    List<Object> providers,
    List<DoorType> types,
    List<DoorType.Operation> operations,
    List<AnswerFormat> formats,
    List<FailureAnswer> failures) {

  /** Copies the lists. */
  public DoorPart {
    providers = List.copyOf(providers);
    types = List.copyOf(types);
    operations = List.copyOf(operations);
    formats = List.copyOf(formats);
    failures = List.copyOf(failures);
  }

  /** A part that answers in JSON only and fails as all do. */
  public DoorPart(
      Door door,
      List<Object> providers,
      List<DoorType> types,
      List<DoorType.Operation> operations) {
    this(door, providers, types, operations, List.of(), List.of());
  }

  /** The same, with those forms of its operations' answers. */
  public DoorPart answering(AnswerFormat... formats) {
    return new DoorPart(door, providers, types, operations, List.of(formats), failures);
  }

  /** The same, with those answers to its own failures. */
  public DoorPart failing(FailureAnswer... failures) {
    return new DoorPart(door, providers, types, operations, formats, List.of(failures));
  }
}
