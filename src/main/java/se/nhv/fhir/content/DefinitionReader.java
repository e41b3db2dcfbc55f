package se.nhv.fhir.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import se.nhv.fhir.content.CqlDefinition.Name;

/** Reads from a library's ELM where its definitions stand and what each refers to. */
final class DefinitionReader {

  private static final Set<String> REFERENCES = Set.of("ExpressionRef", "FunctionRef");

  private final ElmLibrary library;

  DefinitionReader(TranslatedLibrary translated) {
    this.library = new ElmLibrary(translated);
  }

  List<CqlDefinition> definitions() {
    List<CqlDefinition> definitions = new ArrayList<>();
    for (JsonNode definition : library.statements()) {
      String locator = definition.path("locator").asText(); // line:column-line:column, or one place
      if (!locator.isEmpty()) {
        String[] ends = locator.split("-", 2);
        definitions.add(
            new CqlDefinition(
                library.name(definition),
                line(ends[0]),
                line(ends[ends.length - 1]),
                uses(definition)));
      }
    }
    return definitions;
  }

  private Set<Name> uses(JsonNode definition) {
    Set<Name> uses = new HashSet<>();
    for (JsonNode reference : definition.findParents("name")) {
      if (REFERENCES.contains(reference.path("type").asText())) {
        uses.add(library.target(reference));
      }
    }
    return uses;
  }

  private static int line(String place) {
    return Integer.parseInt(place.substring(0, place.indexOf(':')));
  }
}
