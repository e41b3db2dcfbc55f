package se.nhv.fhir.content;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the names in an expression mean what.
 *
 * @param library the library in which it stands
 * @param names what is known of the operands, aliases and lets, by kind of reference and name
 */
record ElmScope(ElmLibrary library, Map<String, ElmFacts> names) {

  ElmScope(ElmLibrary library) {
    this(library, Map.of());
  }

  ElmScope with(String kind, String name, ElmFacts facts) {
    Map<String, ElmFacts> more = new HashMap<>(names);
    more.put(kind + " " + name, facts);
    return new ElmScope(library, more);
  }

  ElmFacts named(String kind, String name) {
    return names.getOrDefault(kind + " " + name, ElmFacts.UNKNOWN);
  }
}
