package se.nhv.fhir.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.content.CqlDefinition.Name;
import se.nhv.fhir.content.ElmFacts.Origin;
import se.nhv.fhir.measure.SystemCode;

/**
 * Follows the criteria of one Measure through its library and what that includes, and keeps what
 * they retrieve and read. Nothing is evaluated: both branches of a condition are read. For one
 * thread.
 */
final class ElmReading {

  /**
   * The shared function that answers with the civil date of a moment. Its arithmetic with zones
   * moves the date by a day at most, which is all that is taken for granted of it.
   */
  private static final String CIVIL_DATE = "civilDate";

  /** Answer with their operand, or with items of it. */
  private static final Set<String> PASSING =
      Set.of(
          "As",
          "DateFrom",
          "Distinct",
          "First",
          "Flatten",
          "Indexer",
          "Last",
          "Max",
          "Min",
          "SingletonFrom",
          "ToList");

  /** Are true only if their operand is true, or holds anything. */
  private static final Set<String> TESTING = Set.of("Exists", "IsTrue", "AnyInValueSet");

  /** Are null if any operand is. */
  private static final Set<String> STRICT =
      Set.of(
          "Add",
          "After",
          "Before",
          "DifferenceBetween",
          "DurationBetween",
          "Equal",
          "Greater",
          "GreaterOrEqual",
          "Less",
          "LessOrEqual",
          "SameAs",
          "SameOrAfter",
          "SameOrBefore",
          "Subtract");

  private final ElmLibraries libraries;
  private final ElmQueries queries = new ElmQueries(this);
  private final Map<Name, ElmFacts> defines = new HashMap<>();
  private final Map<Origin, SortedSet<String>> elements =
      new TreeMap<>(Comparator.comparing(Origin::toString));

  ElmReading(ElmLibraries libraries) {
    this.libraries = libraries;
  }

  /** Every retrieve met so far, as a resource without path, with the elements read of it. */
  Map<Origin, SortedSet<String>> elements() {
    return elements;
  }

  /** Reads the definition, or every function, of that name. */
  ElmFacts criterion(String libraryId, String name, ElmFacts item) {
    ElmLibrary library = libraries.of(libraryId);
    Name define = new Name(libraryId, name, List.of());
    JsonNode definition = library.definition(define);
    if (definition != null && !definition.path("type").asText().equals("FunctionDef")) {
      return define(define);
    }
    for (JsonNode function : library.functions(name)) {
      ElmScope scope = new ElmScope(library);
      for (JsonNode operand : function.path("operand")) {
        scope = scope.with("OperandRef", operand.path("name").asText(), item);
      }
      read(function.path("expression"), scope);
    }
    return ElmFacts.UNKNOWN;
  }

  private ElmFacts define(Name name) {
    ElmFacts known = defines.get(name);
    if (known != null) {
      return known;
    }
    ElmLibrary library = libraries.of(name.libraryId());
    JsonNode definition = Objects.requireNonNull(library.definition(name), name::toString);
    ElmFacts facts = read(definition.path("expression"), new ElmScope(library));
    defines.put(name, facts);
    return facts;
  }

  ElmFacts read(JsonNode node, ElmScope scope) {
    String type = node.path("type").asText();
    if (PASSING.contains(type)) {
      return operands(node, scope).get(0);
    }
    if (TESTING.contains(type)) {
      return ElmFacts.needing(operands(node, scope).get(0).anchors());
    }
    if (STRICT.contains(type)) {
      return ElmFacts.needing(strict(node, scope));
    }
    return switch (type) {
      case "Retrieve" -> retrieve(node, scope);
      case "ExpressionRef" -> define(scope.library().target(node));
      case "FunctionRef" -> function(node, scope);
      case "AliasRef", "OperandRef", "QueryLetRef" -> scope.named(type, node.path("name").asText());
      case "Property" -> property(node, scope);
      case "Query" -> queries.query(node, scope);
      case "Tuple" -> queries.tuple(node, scope);
      case "Null" -> ElmFacts.NULL;
      case "CodeRef", "Literal" -> ElmFacts.CONSTANT;
      case "ToConcept" -> operands(node, scope).get(0);
      case "And" -> ElmFacts.needing(ElmFacts.best(operands(node, scope)));
      case "Or" -> ElmFacts.needing(ElmFacts.anyOf(operands(node, scope)));
      case "Union", "Coalesce" -> ElmFacts.either(operands(node, scope));
      case "If" -> queries.condition(node, scope);
      case "Case" -> choice(node, scope);
      case "Not" -> negation(node, scope);
      case "In" -> membership(node, scope);
      case "Equivalent" -> equivalence(node, scope);
      default -> other(node, scope);
    };
  }

  private ElmFacts retrieve(JsonNode node, ElmScope scope) {
    String dataType = node.path("dataType").asText();
    String type = dataType.substring(dataType.indexOf('}') + 1);
    List<CodeFilter> filters = new ArrayList<>();
    String path = node.path("codeProperty").asText("");
    SortedSet<SystemCode> codes =
        path.isEmpty() ? null : libraries.codes(node.path("codes"), scope.library());
    if (codes != null) {
      filters.add(new CodeFilter(path, codes));
    }
    read(node.path("codes"), scope);
    ElmFacts facts = ElmFacts.retrieved(type, filters);
    for (Origin origin : facts.origins()) {
      SortedSet<String> read = elements.computeIfAbsent(origin, o -> new TreeSet<>());
      if (!path.isEmpty()) {
        read.add(path);
      }
    }
    return facts;
  }

  private ElmFacts function(JsonNode node, ElmScope scope) {
    List<ElmFacts> given = operands(node, scope);
    Name name = scope.library().target(node);
    ElmLibrary library = libraries.ours(name.libraryId());
    boolean isConversion = library == null || name.name().equals(CIVIL_DATE);
    if (isConversion && given.size() == 1) {
      return given.get(0);
    }
    JsonNode function = library == null ? null : library.definition(name);
    if (library == null || function == null) {
      return ElmFacts.UNKNOWN;
    }
    ElmScope inside = new ElmScope(library);
    for (int i = 0; i < given.size(); i++) {
      String operand = function.path("operand").path(i).path("name").asText();
      inside = inside.with("OperandRef", operand, given.get(i));
    }
    return read(function.path("expression"), inside);
  }

  private ElmFacts property(JsonNode node, ElmScope scope) {
    ElmFacts source =
        node.has("source")
            ? read(node.path("source"), scope)
            : scope.named("AliasRef", node.path("scope").asText());
    return property(source, node.path("path").asText());
  }

  ElmFacts property(ElmFacts source, String path) {
    ElmFacts field = source.fields().get(path);
    if (field != null) {
      return field;
    }
    Set<Origin> origins = new LinkedHashSet<>();
    for (Origin origin : source.origins()) {
      Origin read = origin.at(path);
      if (origin.path().isEmpty()) {
        elements.computeIfAbsent(origin, o -> new TreeSet<>()).add(read.element());
      }
      origins.add(read);
    }
    return new ElmFacts(origins, source.complete(), Map.of(), source.anchors(), false);
  }

  private ElmFacts choice(JsonNode node, ElmScope scope) {
    read(node.path("comparand"), scope);
    List<ElmFacts> choices = new ArrayList<>();
    for (JsonNode item : node.path("caseItem")) {
      read(item.path("when"), scope);
      choices.add(read(item.path("then"), scope));
    }
    choices.add(read(node.path("else"), scope));
    return ElmFacts.either(choices);
  }

  /** Only {@code is not null} shows anything. */
  private ElmFacts negation(JsonNode node, ElmScope scope) {
    JsonNode denied = node.path("operand");
    if (denied.path("type").asText().equals("IsNull") && ElmLibraries.isScalar(denied, 0)) {
      return ElmFacts.needing(read(denied.path("operand"), scope).anchors());
    }
    return other(node, scope);
  }

  private ElmFacts membership(JsonNode node, ElmScope scope) {
    ElmFacts item = operands(node, scope).get(0);
    List<ElmFacts> required = new ArrayList<>();
    if (ElmLibraries.isScalar(node, 0)) {
      required.add(item);
    }
    if (libraries.isPeriod(node.path("operand").path(1), scope.library())) {
      required.add(ElmFacts.needing(item.anchorsInPeriod()));
    }
    return ElmFacts.needing(ElmFacts.best(required));
  }

  /** Null is equivalent to null, so that only what is never null shows anything of the other. */
  private ElmFacts equivalence(JsonNode node, ElmScope scope) {
    List<ElmFacts> compared = operands(node, scope);
    List<ElmFacts> required = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      if (compared.get(1 - i).present() && ElmLibraries.isScalar(node, i)) {
        required.add(compared.get(i));
      }
    }
    return ElmFacts.needing(ElmFacts.best(required));
  }

  private @Nullable List<PatientAnchor> strict(JsonNode node, ElmScope scope) {
    List<ElmFacts> operands = operands(node, scope);
    List<ElmFacts> required = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (ElmLibraries.isScalar(node, i)) {
        required.add(operands.get(i));
      }
    }
    return ElmFacts.best(required);
  }

  /** Each operand, or what stands for them in operators that name theirs otherwise. */
  private List<ElmFacts> operands(JsonNode node, ElmScope scope) {
    JsonNode operand = node.path("operand");
    if (operand.isMissingNode()) {
      operand =
          node.has("source")
              ? node.path("source")
              : node.path("code" + (node.has("codes") ? "s" : ""));
    }
    List<ElmFacts> facts = new ArrayList<>();
    if (operand.isArray()) {
      operand.forEach(it -> facts.add(read(it, scope)));
    } else {
      facts.add(read(operand, scope));
    }
    return facts;
  }

  /** Reads whatever stands in an operator of which nothing more is known. */
  private ElmFacts other(JsonNode node, ElmScope scope) {
    for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
      JsonNode child = it.next().getValue();
      if (child.isArray()) {
        child.forEach(item -> read(item, scope));
      } else if (child.isObject()) {
        read(child, scope);
      }
    }
    return ElmFacts.UNKNOWN;
  }
}
