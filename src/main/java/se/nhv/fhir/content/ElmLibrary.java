package se.nhv.fhir.content;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.CqlDefinition.Name;
import se.nhv.fhir.measure.SystemCode;

/** The ELM of one library as JSON, by the names that ELM refers to. Immutable. */
final class ElmLibrary {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id;
  private final JsonNode library;
  private final Map<String, String> idsByAlias = new HashMap<>();
  private final Map<Name, JsonNode> definitions = new HashMap<>();

  ElmLibrary(TranslatedLibrary translated) {
    this.id = translated.id();
    try {
      this.library = JSON.readTree(translated.elmJson()).path("library");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the ELM of " + id + " is not JSON", e);
    }
    for (JsonNode include : library.path("includes").path("def")) {
      String includedId = include.path("path").asText() + "-" + include.path("version").asText();
      idsByAlias.put(include.path("localIdentifier").asText(), includedId);
    }
    for (JsonNode definition : statements()) {
      definitions.put(name(definition), definition);
    }
  }

  String id() {
    return id;
  }

  /** Its definitions and functions, in the order of the file. */
  JsonNode statements() {
    return library.path("statements").path("def");
  }

  /** The id of the library that a reference speaks of: an included one, or this one itself. */
  String libraryOf(JsonNode reference) {
    String alias = reference.path("libraryName").asText("");
    return alias.isEmpty() ? id : idsByAlias.getOrDefault(alias, alias);
  }

  /** The name of a definition or function of this library. */
  Name name(JsonNode definition) {
    return new Name(
        id,
        definition.path("name").asText(),
        types(definition.path("operand"), "operandTypeSpecifier"));
  }

  /** The name that an ExpressionRef or FunctionRef in this library speaks of. */
  Name target(JsonNode reference) {
    return new Name(
        libraryOf(reference),
        reference.path("name").asText(),
        types(reference.path("signature"), ""));
  }

  /** The definition or function of that name, or null. */
  @Nullable JsonNode definition(Name name) {
    return definitions.get(name);
  }

  /** The functions of that name, whatever their operands. */
  List<JsonNode> functions(String name) {
    List<JsonNode> named = new ArrayList<>();
    for (JsonNode definition : statements()) {
      if (definition.path("type").asText().equals("FunctionDef")
          && definition.path("name").asText().equals(name)) {
        named.add(definition);
      }
    }
    return named;
  }

  /** The canonical URL of the value set that is declared here by that name. */
  String valueSet(String name) {
    return declared("valueSets", name).path("id").asText();
  }

  /** The code that is declared here by that name. */
  SystemCode code(String name) {
    JsonNode code = declared("codes", name);
    JsonNode system = declared("codeSystems", code.path("codeSystem").path("name").asText());
    return new SystemCode(system.path("id").asText(), code.path("id").asText());
  }

  private JsonNode declared(String kind, String name) {
    for (JsonNode definition : library.path(kind).path("def")) {
      if (definition.path("name").asText().equals(name)) {
        return definition;
      }
    }
    throw new IllegalStateException(id + " declares no " + name + " among its " + kind);
  }

  /** The type of each operand, as one text. */
  private static List<String> types(JsonNode operands, String specifier) {
    List<String> types = new ArrayList<>();
    for (JsonNode operand : operands) {
      types.add(type(specifier.isEmpty() ? operand : operand.path(specifier)));
    }
    return types;
  }

  /** A type specifier without what the translator adds to it where it is declared. */
  private static String type(JsonNode specifier) {
    StringBuilder text = new StringBuilder(specifier.path("type").asText());
    text.append(' ').append(specifier.path("name").asText());
    for (String part : List.of("elementType", "pointType")) {
      if (specifier.has(part)) {
        text.append(" of ").append(type(specifier.path(part)));
      }
    }
    for (String parts : List.of("element", "choice")) {
      specifier.path(parts).forEach(it -> text.append(" with ").append(type(it)));
    }
    return text.toString();
  }
}
