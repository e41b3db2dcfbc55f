package se.nhv.fhir.measure;

/** The canonical URLs of everything that this adapter defines. */
public final class Canonicals {

  /** The root of every canonical URL defined here. */
  public static final String ROOT = "https://w3id.org/nhv/fhir";

  /** The system of a unit's HSA-id. */
  public static final String HSA_ID = "urn:oid:1.2.752.29.4.19";

  /** The older system of a unit's HSA-id, accepted on input. */
  public static final String HSA_ID_OLDER = "urn:oid:1.2.752.129.2.1.4.1";

  private Canonicals() {}

  /** The canonical URL of the Measure with that name, without version. */
  public static String measure(String name) {
    return ROOT + "/Measure/" + name;
  }

  /** The canonical URL of the Library with that name, without version. */
  public static String library(String name) {
    return ROOT + "/Library/" + name;
  }

  /** The canonical URL of the extension or profile with that id. */
  public static String structureDefinition(String id) {
    return ROOT + "/StructureDefinition/" + id;
  }

  /** The canonical URL of the code system with that id. */
  public static String codeSystem(String id) {
    return ROOT + "/CodeSystem/" + id;
  }

  /** The system of the identifiers with that name. */
  public static String identifier(String name) {
    return ROOT + "/identifier/" + name;
  }
}
