package se.nhv.fhir.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.SystemCode;

/** A library of ours with those that it includes, and what is told by their declarations alone. */
final class ElmLibraries {

  private static final String PERIOD = "Measurement Period";

  private final Map<String, ElmLibrary> byId;
  private final ValueSetExpansions valueSets;

  ElmLibraries(String libraryId, CqlLibraries libraries, ValueSetExpansions valueSets) {
    this.byId =
        libraries.withIncludes(libraryId).stream()
            .collect(Collectors.toMap(id -> id, id -> new ElmLibrary(libraries.translated(id))));
    this.valueSets = valueSets;
  }

  /** The library, or null if it is not one of ours. */
  @Nullable ElmLibrary ours(String id) {
    return byId.get(id);
  }

  /** The library, which is one of ours. */
  ElmLibrary of(String id) {
    ElmLibrary library = byId.get(id);
    if (library == null) {
      throw new IllegalStateException("there is no CQL library " + id);
    }
    return library;
  }

  /** The codes of a retrieve's filter; null if they are not known before it is evaluated. */
  @Nullable SortedSet<SystemCode> codes(JsonNode node, ElmLibrary library) {
    String name = node.path("name").asText();
    return switch (node.path("type").asText()) {
      case "ValueSetRef" -> new TreeSet<>(valueSets.of(of(library.libraryOf(node)).valueSet(name)));
      case "CodeRef" -> new TreeSet<>(Set.of(of(library.libraryOf(node)).code(name)));
      case "ToList" -> codes(node.path("operand"), library);
      case "List" -> allCodes(node.path("element"), library);
      default -> null;
    };
  }

  private @Nullable SortedSet<SystemCode> allCodes(JsonNode elements, ElmLibrary library) {
    SortedSet<SystemCode> all = new TreeSet<>();
    for (JsonNode element : elements) {
      SortedSet<SystemCode> some = codes(element, library);
      if (some == null) {
        return null;
      }
      all.addAll(some);
    }
    return all;
  }

  /** Whether it is the measurement period, or that in whole days. */
  boolean isPeriod(JsonNode node, ElmLibrary library) {
    return switch (node.path("type").asText()) {
      case "ExpressionRef" -> {
        ElmLibrary other = of(library.libraryOf(node));
        JsonNode definition = other.definition(library.target(node));
        yield definition != null && isPeriod(definition.path("expression"), other);
      }
      case "ParameterRef" -> node.path("name").asText().equals(PERIOD);
      case "Interval" ->
          isBound(node.path("low"), "Start", library) && isBound(node.path("high"), "End", library);
      default -> false;
    };
  }

  private boolean isBound(JsonNode node, String end, ElmLibrary library) {
    JsonNode bound = node.path("type").asText().equals("DateFrom") ? node.path("operand") : node;
    return bound.path("type").asText().equals(end) && isPeriod(bound.path("operand"), library);
  }

  /**
   * Whether that operand of an operator is neither a list, which may be empty, nor a Boolean, which
   * may be false: if it is not null, there is something.
   */
  static boolean isScalar(JsonNode operator, int operand) {
    JsonNode type = operator.path("signature").path(operand);
    return type.path("type").asText().equals("NamedTypeSpecifier")
        && !type.path("name").asText().endsWith("}Boolean");
  }
}
