package se.nhv.fhir.intake;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import se.nhv.fhir.measure.Unit;

/** The ids under which conditional creates store resources; a door may refer to them before. */
public final class DerivedIds {

  private DerivedIds() {}

  /** A UUID (version 3, RFC 9562) that depends on nothing but the unit, type and identifier. */
  public static String of(Unit unit, String type, String system, String value) {
    String name = String.join("|", unit.hsaId(), type, system, value);
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
