package se.nhv.fhir.server.door;

import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * A search parameter that a door knows; every other is refused.
 *
 * @param name its name
 * @param kind how its values are read
 * @param target the one type to which a reference may be, so that its id alone will do; else empty
 * @param documentation what it finds, for the CapabilityStatement
 */
public record SearchParameter(String name, Kind kind, String target, String documentation) {

  /** A parameter that is no reference to one type. */
  public SearchParameter(String name, Kind kind, String documentation) {
    this(name, kind, "", documentation);
  }

  /** How the values of a parameter are read. */
  public enum Kind {
    /** The logical id. */
    ID(SearchParamType.TOKEN),
    /** {@code system|value}. */
    IDENTIFIER(SearchParamType.TOKEN),
    /** A code without its system. */
    CODE(SearchParamType.TOKEN),
    /** A canonical URL, with or without version. */
    CANONICAL(SearchParamType.REFERENCE),
    /** A URL. */
    URI(SearchParamType.URI),
    /** A reference {@code Organization/id}, or the id alone. */
    REFERENCE(SearchParamType.REFERENCE),
    /** The start of a text, whatever the case. */
    TEXT(SearchParamType.STRING),
    /** An instant, day, month or year with an optional prefix. */
    DATE(SearchParamType.DATE);

    private final SearchParamType type;

    Kind(SearchParamType type) {
      this.type = type;
    }
  }

  /** The type as FHIR names it. */
  SearchParamType type() {
    return kind.type;
  }

  /** The parameter by which every type is found. */
  public static SearchParameter id() {
    return new SearchParameter("_id", Kind.ID, "The logical id; several are separated by commas.");
  }

  /** The parameter for an identifier of the resource. */
  public static SearchParameter identifier() {
    return new SearchParameter(
        "identifier", Kind.IDENTIFIER, "An identifier, written system|value.");
  }

  /** The parameter for references to resources of one type. */
  public static SearchParameter reference(String name, String target, String documentation) {
    return new SearchParameter(name, Kind.REFERENCE, target, documentation);
  }

  /** A value as a relative reference. */
  String reference(String value) {
    return target.isEmpty() || value.contains("/") ? value : target + "/" + value;
  }
}
