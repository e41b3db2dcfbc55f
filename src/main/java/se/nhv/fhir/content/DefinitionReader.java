package se.nhv.fhir.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import se.nhv.fhir.content.CqlDefinition.Name;

/** Reads from a library's ELM where its definitions stand and what each refers to. */
final class DefinitionReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> REFERENCES = Set.of("ExpressionRef", "FunctionRef");

  private final String libraryId;
  private final JsonNode library;
  private final Map<String, String> idsByAlias = new HashMap<>();

  DefinitionReader(TranslatedLibrary translated) {
    this.libraryId = translated.id();
    try {
      this.library = JSON.readTree(translated.elmJson()).path("library");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ELM of " + libraryId + " is not JSON", e);
    }
    for (JsonNode include : library.path("includes").path("def")) {
      String id = include.path("path").asText() + "-" + include.path("version").asText();
      idsByAlias.put(include.path("localIdentifier").asText(), id);
    }
  }

  List<CqlDefinition> definitions() {
    List<CqlDefinition> definitions = new ArrayList<>();
    for (JsonNode definition : library.path("statements").path("def")) {
      String locator = definition.path("locator").asText(); // line:column-line:column, or one place
      if (!locator.isEmpty()) {
        String[] ends = locator.split("-", 2);
        definitions.add(
            new CqlDefinition(
                new Name(
                    libraryId,
                    definition.path("name").asText(),
                    types(definition.path("operand"), "operandTypeSpecifier")),
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
        String alias = reference.path("libraryName").asText("");
        String id = alias.isEmpty() ? libraryId : idsByAlias.getOrDefault(alias, alias);
        JsonNode signature = reference.path("signature");
        uses.add(new Name(id, reference.path("name").asText(), types(signature, "")));
      }
    }
    return uses;
  }

  /** The type of each operand, told by the names in its specifier. */
  private static List<String> types(JsonNode operands, String specifier) {
    List<String> types = new ArrayList<>();
    for (JsonNode operand : operands) {
      JsonNode type = specifier.isEmpty() ? operand : operand.path(specifier);
      types.add(String.join(" ", type.findValuesAsText("type")) + type.findValuesAsText("name"));
    }
    return types;
  }

  private static int line(String place) {
    return Integer.parseInt(place.substring(0, place.indexOf(':')));
  }
}
