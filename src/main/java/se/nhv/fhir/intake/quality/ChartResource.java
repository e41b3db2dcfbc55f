package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One resource of a patient, read once.
 *
 * @param type the FHIR resource type
 * @param id the source's own logical id
 * @param json the resource
 */
record ChartResource(String type, String id, JsonNode json) {

  /** A coding in a resource. */
  record Coded(String system, String code) {}

  /** Type and id, as a relative reference. */
  String reference() {
    return type + "/" + id;
  }

  /** The path of an element from the type on. */
  String element(String path) {
    return type + "." + path;
  }

  /** The status, or an empty text. */
  String status() {
    return json.path("status").asText("");
  }

  /** The date at that path of names; empty if there is none. */
  Optional<FhirDate> date(String... path) {
    JsonNode node = at(path);
    return node.isTextual() ? Optional.of(new FhirDate(node.asText())) : Optional.empty();
  }

  /** The date in the extension with that URL; empty if there is none. */
  Optional<FhirDate> extensionDate(String url) {
    JsonNode value = extension(url).path("valueDateTime");
    return value.isTextual() ? Optional.of(new FhirDate(value.asText())) : Optional.empty();
  }

  /** The extension of the resource with that URL, or a missing node. */
  JsonNode extension(String url) {
    for (JsonNode extension : json.path("extension")) {
      if (extension.path("url").asText().equals(url)) {
        return extension;
      }
    }
    return json.path("extension").path(-1);
  }

  /** The node at that path of names. */
  JsonNode at(String... path) {
    JsonNode node = json;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }

  /** The codings of an element that is one CodeableConcept or a list of them. */
  List<Coded> codings(String... path) {
    return codings(at(path));
  }

  /** The codes of one system in that element. */
  Set<String> codes(String element, String system) {
    Set<String> codes = new LinkedHashSet<>();
    for (Coded coded : codings(element)) {
      if (coded.system().equals(system)) {
        codes.add(coded.code());
      }
    }
    return codes;
  }

  /** The references of an element, each as written; an empty text where there is only more. */
  List<String> references(String... path) {
    List<String> references = new ArrayList<>();
    for (JsonNode one : list(at(path))) {
      references.add(one.path("reference").asText(""));
    }
    return references;
  }

  static List<Coded> codings(JsonNode concepts) {
    List<Coded> codings = new ArrayList<>();
    for (JsonNode concept : list(concepts)) {
      for (JsonNode coding : concept.path("coding")) {
        codings.add(new Coded(coding.path("system").asText(""), coding.path("code").asText("")));
      }
    }
    return codings;
  }

  /** The items of a list, or the one item. */
  static List<JsonNode> list(JsonNode node) {
    List<JsonNode> items = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(items::add);
    } else if (!node.isMissingNode()) {
      items.add(node);
    }
    return items;
  }

  /** The same reference without server and version: type and id, or an empty text. */
  static String relative(String reference) {
    int history = reference.indexOf("/_history/");
    String current = history < 0 ? reference : reference.substring(0, history);
    int id = current.lastIndexOf('/');
    int type = current.lastIndexOf('/', id - 1);
    return id < 1 ? "" : current.substring(type + 1);
  }
}
