package se.nhv.fhir.server;

import org.hl7.fhir.r4.model.Enumerations.SearchParamType;

/**
 * A search parameter that a door knows; every other is refused.
 *
 * @param name its name
 * @param kind how its values are read
 * @param documentation what it finds, for the CapabilityStatement
 */
record SearchParameter(String name, Kind kind, String documentation) {

  /** How the values of a parameter are read. */
  enum Kind {
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
  static SearchParameter id() {
    return new SearchParameter("_id", Kind.ID, "The logical id; several are separated by commas.");
  }

  /** The parameter for an identifier of the resource. */
  static SearchParameter identifier() {
    return new SearchParameter(
        "identifier", Kind.IDENTIFIER, "An identifier, written system|value.");
  }
}
