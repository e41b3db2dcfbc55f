package se.nhv.fhir.server.door;

import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CapabilityStatement.TypeRestfulInteraction;

/**
 * What a door does with one resource type, as its CapabilityStatement says and its providers do.
 *
 * @param type the FHIR resource type
 * @param interactions what may be done
 * @param parameters what it is searched by
 * @param operations the operations at the type
 */
public record DoorType(
    String type,
    List<TypeRestfulInteraction> interactions,
    List<SearchParameter> parameters,
    List<Operation> operations) {

  /**
   * An operation.
   *
   * @param name without the dollar sign
   * @param definition the canonical URL of its OperationDefinition
   * @param documentation what it takes and answers
   */
  public record Operation(String name, String definition, String documentation) {}

  private static final List<TypeRestfulInteraction> READ =
      List.of(TypeRestfulInteraction.READ, TypeRestfulInteraction.SEARCHTYPE);
  private static final List<TypeRestfulInteraction> VERSIONED =
      List.of(
          TypeRestfulInteraction.READ,
          TypeRestfulInteraction.VREAD,
          TypeRestfulInteraction.HISTORYINSTANCE,
          TypeRestfulInteraction.SEARCHTYPE);
  private static final List<TypeRestfulInteraction> WRITTEN =
      List.of(
          TypeRestfulInteraction.READ,
          TypeRestfulInteraction.VREAD,
          TypeRestfulInteraction.UPDATE,
          TypeRestfulInteraction.DELETE,
          TypeRestfulInteraction.HISTORYINSTANCE,
          TypeRestfulInteraction.CREATE,
          TypeRestfulInteraction.SEARCHTYPE);

  private static final List<TypeRestfulInteraction> KEPT =
      List.of(
          TypeRestfulInteraction.READ,
          TypeRestfulInteraction.VREAD,
          TypeRestfulInteraction.UPDATE,
          TypeRestfulInteraction.DELETE,
          TypeRestfulInteraction.HISTORYINSTANCE,
          TypeRestfulInteraction.SEARCHTYPE);

  /** A type that is read and searched. */
  public static DoorType read(Shelf shelf) {
    return new DoorType(shelf.type(), READ, shelf.parameters(), List.of());
  }

  /** A type that is read and searched and has operations at the instance. */
  public static DoorType read(Shelf shelf, List<Operation> operations) {
    return new DoorType(shelf.type(), READ, shelf.parameters(), operations);
  }

  /** A type that is read and searched and keeps its versions. */
  public static DoorType versioned(Shelf.Versioned shelf) {
    return new DoorType(shelf.type(), VERSIONED, shelf.parameters(), List.of());
  }

  /** A type that is read and searched, keeps its versions, and has operations at the instance. */
  public static DoorType versioned(Shelf.Versioned shelf, List<Operation> operations) {
    return new DoorType(shelf.type(), VERSIONED, shelf.parameters(), operations);
  }

  /** A type that is pushed. */
  public static DoorType written(Shelf.Versioned shelf, Operation operation) {
    return new DoorType(shelf.type(), WRITTEN, shelf.parameters(), List.of(operation));
  }

  /** A type that a unit puts and deletes by ids of its own. */
  public static DoorType kept(Shelf.Versioned shelf) {
    return new DoorType(shelf.type(), KEPT, shelf.parameters(), List.of());
  }

  /** A type at which only an operation is. */
  public static DoorType operation(String type, Operation operation) {
    return new DoorType(type, List.of(), List.of(), List.of(operation));
  }

  /** What this and another part of the door do with the same type. */
  DoorType and(DoorType other) {
    return new DoorType(
        type,
        joined(interactions, other.interactions),
        joined(parameters, other.parameters),
        joined(operations, other.operations));
  }

  private static <T> List<T> joined(List<T> some, List<T> others) {
    return Stream.concat(some.stream(), others.stream()).distinct().toList();
  }
}
