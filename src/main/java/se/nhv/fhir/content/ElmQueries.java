package se.nhv.fhir.content;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Follows the queries, tuples and conditions of ELM, whose parts have names of their own. */
final class ElmQueries {

  private final ElmReading reading;

  ElmQueries(ElmReading reading) {
    this.reading = reading;
  }

  ElmFacts query(JsonNode node, ElmScope outside) {
    ElmScope scope = outside;
    List<ElmFacts> required = new ArrayList<>();
    Map<String, ElmFacts> sources = new TreeMap<>();
    for (JsonNode source : node.path("source")) {
      ElmFacts facts = reading.read(source.path("expression"), outside);
      sources.put(source.path("alias").asText(), facts);
      scope = scope.with("AliasRef", source.path("alias").asText(), facts);
      required.add(facts);
    }
    for (JsonNode let : node.path("let")) {
      ElmFacts facts = reading.read(let.path("expression"), scope);
      scope = scope.with("QueryLetRef", let.path("identifier").asText(), facts);
    }
    for (JsonNode relationship : node.path("relationship")) {
      ElmFacts facts = reading.read(relationship.path("expression"), scope);
      ElmScope inside = scope.with("AliasRef", relationship.path("alias").asText(), facts);
      reading.read(relationship.path("suchThat"), inside);
      if (relationship.path("type").asText().equals("With")) {
        required.add(facts);
      }
    }
    if (node.has("where")) {
      required.add(reading.read(node.path("where"), scope));
    }
    reading.read(node.path("aggregate"), scope);
    return result(node, scope, sources).with(ElmFacts.best(required));
  }

  private ElmFacts result(JsonNode node, ElmScope scope, Map<String, ElmFacts> sources) {
    if (node.has("aggregate")) {
      return ElmFacts.UNKNOWN;
    }
    ElmFacts items;
    if (node.has("return")) {
      items = reading.read(node.path("return").path("expression"), scope);
    } else if (sources.size() == 1) {
      items = sources.values().iterator().next();
    } else {
      items = ElmFacts.tuple(sources);
    }
    for (JsonNode by : node.path("sort").path("by")) {
      by.findValuesAsText("path").forEach(path -> reading.property(items, path));
      by.findValuesAsText("name").forEach(name -> reading.property(items, name));
    }
    return items;
  }

  ElmFacts tuple(JsonNode node, ElmScope scope) {
    Map<String, ElmFacts> fields = new TreeMap<>();
    for (JsonNode element : node.path("element")) {
      fields.put(element.path("name").asText(), reading.read(element.path("value"), scope));
    }
    return ElmFacts.tuple(fields);
  }

  ElmFacts condition(JsonNode node, ElmScope scope) {
    reading.read(node.path("condition"), scope);
    return ElmFacts.either(
        List.of(reading.read(node.path("then"), scope), reading.read(node.path("else"), scope)));
  }
}
