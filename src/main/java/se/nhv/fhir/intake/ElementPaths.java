package se.nhv.fhir.intake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Every element of a resource's JSON with its FHIRPath and its type in FHIR R4. {@link #find} gives
 * each place out once, so that two faults of one kind get two places.
 */
final class ElementPaths {

  /**
   * An element.
   *
   * @param path its FHIRPath from the resource, for example {@code Patient.name[0].family}
   * @param key the JSON key
   * @param value what stands there
   * @param type the FHIR type, or null where FHIR R4 knows no such element
   */
  record Place(String path, String key, JsonNode value, @Nullable String type) {

    /** Whether the element has that name, or is that choice element: value[x] for valueQuantity. */
    boolean isUnder(String name) {
      return key.equals(name)
          || (name.endsWith("[x]") && key.startsWith(name.substring(0, name.length() - 3)));
    }

    /** What is wrong with the value's JSON type, or null. */
    JsonForms.@Nullable Fault fault() {
      if (key.equals("resourceType")) {
        return Types.isName(value) ? null : new JsonForms.Fault("it names no resource type", false);
      }
      return JsonForms.fault(value, type, path.endsWith("]"));
    }
  }

  private final List<Place> places = new ArrayList<>();
  private final String rootPath;

  ElementPaths(ObjectNode root) {
    rootPath = root.path("resourceType").asText("Resource");
    walk(rootPath, root, Types.of(root, null));
  }

  /** All that have not been given out. */
  List<Place> all() {
    return List.copyOf(places);
  }

  /** The next place that fits, or the resource itself with the name. */
  Place find(Predicate<Place> fits, String name) {
    for (int i = 0; i < places.size(); i++) {
      if (fits.test(places.get(i))) {
        return places.remove(i);
      }
    }
    String path = name.isEmpty() ? rootPath : rootPath + "." + name;
    return new Place(path, name, MissingNode.getInstance(), null);
  }

  private void walk(String path, JsonNode object, Types.@Nullable Definition definition) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String key = field.getKey();
      add(path + "." + key, key, field.getValue(), Types.child(definition, key));
    }
  }

  private void add(String path, String key, JsonNode value, Types.@Nullable Definition type) {
    places.add(new Place(path, key, value, type == null ? null : type.name()));
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        add(path + "[" + i + "]", key, value.get(i), type);
      }
    } else if (value.isObject()) {
      walk(path, value, Types.of(value, type));
    }
  }
}
