package se.nhv.fhir.intake;

import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.ResourceKey;

/**
 * The parts of the intake store that belong to one unit. What is counted stands in {@link #care}
 * and nowhere else; the others stand beside it, so that no evaluation can meet them.
 */
public final class Partitions {

  private Partitions() {}

  /** The unit's data as the criteria see them: after mapping. */
  public static String care(Unit unit) {
    return unit.hsaId();
  }

  /** The same resources as the unit sent them, where mapping has changed them. */
  public static String originals(Unit unit) {
    return unit.hsaId() + "/originals";
  }

  /** Where the original of a resource of that key stands, if mapping has changed it. */
  public static ResourceKey original(ResourceKey care, Unit unit) {
    return new ResourceKey(originals(unit), care.type(), care.id());
  }

  /** The unit's own ConceptMaps and element rules. */
  public static String mapping(Unit unit) {
    return unit.hsaId() + "/mapping";
  }

  /** What breaks the data contract, a DetectedIssue each. */
  public static String quality(Unit unit) {
    return unit.hsaId() + "/quality";
  }

  /** The unit's runs, a Task each, and what a pull remembers for the next one. */
  public static String runs(Unit unit) {
    return unit.hsaId() + "/runs";
  }

  /** Who met the unit's data, an AuditEvent each; nothing removes them. */
  public static String audit(Unit unit) {
    return unit.hsaId() + "/audit";
  }

  /** Who was turned away without being known. */
  public static String audit() {
    return "audit";
  }
}
