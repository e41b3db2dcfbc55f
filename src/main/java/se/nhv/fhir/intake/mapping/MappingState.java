package se.nhv.fhir.intake.mapping;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Basic;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Change;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.StoredVersion;

/**
 * Which mapping of a unit is in force, and how far what was stored before is as it makes it. Kept
 * as a Basic beside the mapping, in the same batch.
 *
 * @param version the mapping version; empty when nothing is mapped
 * @param finished whether all that is stored is as this mapping makes it
 * @param type the type that is being gone through; empty before the first
 * @param after the id of that type up to which it was gone through; empty before the first
 * @param done how many resources were looked at
 * @param total how many there were when it began
 * @param refused how many the contract's checks do not take as mapped; they stay as they were
 */
record MappingState(
    String version, boolean finished, String type, String after, int done, int total, int refused) {

  private static final String ID = "mapping";
  private static final String URL = "https://w3id.org/nhv/fhir/StructureDefinition/mappning-";

  /** At the beginning of going through what is stored. */
  static MappingState begun(String version) {
    return new MappingState(version, false, "", "", 0, 0, 0);
  }

  /** At the end of it. */
  MappingState ended() {
    return new MappingState(version, true, "", "", done, Math.max(done, total), refused);
  }

  static ResourceKey key(Unit unit) {
    return new ResourceKey(Partitions.mapping(unit), "Basic", ID);
  }

  /**
   * As a change of the store.
   *
   * @param expected the version that must be current; 0 for none
   */
  Change put(Unit unit, long expected) {
    Basic basic = new Basic();
    basic.setId(ID);
    basic.getCode().setText("mapping");
    add(basic, "version", new StringType(version.isEmpty() ? "-" : version));
    add(basic, "klar", new BooleanType(finished));
    if (!type.isEmpty()) {
      add(basic, "typ", new StringType(type));
    }
    if (!after.isEmpty()) {
      add(basic, "efter", new StringType(after));
    }
    add(basic, "gjorda", new IntegerType(done));
    add(basic, "antal", new IntegerType(total));
    add(basic, "vagrade", new IntegerType(refused));
    return new Change.Put(key(unit), null, List.of(), StrictJson.encode(basic), expected);
  }

  /** As it was put. */
  static MappingState of(StoredVersion stored) {
    Basic basic =
        (Basic)
            StrictJson.context()
                .newJsonParser()
                .parseResource(new String(stored.json(), StandardCharsets.UTF_8));
    String version = text(basic, "version");
    return new MappingState(
        version.equals("-") ? "" : version,
        Boolean.parseBoolean(text(basic, "klar")),
        text(basic, "typ"),
        text(basic, "efter"),
        Integer.parseInt(text(basic, "gjorda")),
        Integer.parseInt(text(basic, "antal")),
        Integer.parseInt(text(basic, "vagrade")));
  }

  private static void add(Basic basic, String name, Type value) {
    basic.addExtension(URL + name, value);
  }

  private static String text(Basic basic, String name) {
    @Nullable String value =
        basic.hasExtension(URL + name)
            ? basic.getExtensionByUrl(URL + name).getValue().primitiveValue()
            : null;
    return value == null ? "" : value;
  }
}
