package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import se.nhv.fhir.intake.PatientReferences;

/**
 * A search, before it is sent (FHIR R4, search.html).
 *
 * @param type the resource type
 * @param parameter the search parameter that is given a list, or empty if none is
 * @param values the list, of which any may match, not yet encoded
 * @param narrowing further parameters, {@code name=value} each, encoded; without them the answer
 *     holds more than is needed and nothing less
 */
record Ask(String type, String parameter, List<String> values, List<String> narrowing) {

  /** So long that no server or proxy refuses it. */
  private static final int LONGEST = 1_800;

  Ask {
    values = List.copyOf(values);
    narrowing = List.copyOf(narrowing);
  }

  /** For everything of the type. */
  Ask(String type) {
    this(type, "", List.of(), List.of());
  }

  /** A value as it stands in a URL. */
  static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** The search below the base, with its last parameter. */
  String query(String count) {
    return type + "?" + String.join("&", parameters(list(), count));
  }

  /** The same without the ids of patients. */
  String shown(String count) {
    boolean isOfPatients = parameter.equals("_id") || isReference();
    String list = isOfPatients ? "(" + values.size() + ")" : list();
    return type + "?" + String.join("&", parameters(list, count));
  }

  /** Which of the values the resource answers to; empty for none, or if that cannot be said. */
  Optional<String> answered(ObjectNode resource) {
    if (!resource.path("resourceType").asText().equals(type)) {
      return Optional.empty();
    }
    String id = resource.path("id").asText();
    String subject = resource.path("subject").path("reference").asText();
    return switch (parameter) {
      case "_id" -> Optional.of(id);
      case "patient" -> PatientReferences.id(subject);
      case "subject" -> PatientReferences.id(subject).map(it -> "Patient/" + it);
      default -> Optional.empty();
    };
  }

  /** Whether it asks only for what has changed. */
  boolean isOfChanges() {
    return narrowing.stream().anyMatch(it -> it.startsWith("_lastUpdated="));
  }

  /** Whether there should be something of each value. */
  boolean isOfEach() {
    return parameter.equals("_id") && !isOfChanges();
  }

  /**
   * The same for those of whom nothing came and one of whom something did, who stands at the end
   * or, if that is where it stood, at the beginning.
   *
   * @param answered some of the values, at least one
   */
  Ask withOneMoved(Set<String> answered) {
    String one = values.stream().filter(answered::contains).findFirst().orElseThrow();
    List<String> moved = new ArrayList<>(withoutValues(answered).values);
    boolean isLast = one.equals(values.get(values.size() - 1));
    moved.add(isLast ? 0 : moved.size(), one);
    return new Ask(type, parameter, moved, narrowing);
  }

  /** The same without those values. */
  Ask withoutValues(Set<String> others) {
    List<String> rest = values.stream().filter(it -> !others.contains(it)).toList();
    return new Ask(type, parameter, rest, narrowing);
  }

  /** The same in lists of that length at most, each short enough for a URL. */
  List<Ask> inListsOf(int most) {
    List<Ask> parts = new ArrayList<>();
    List<String> part = new ArrayList<>();
    int length = 0;
    for (String value : values) {
      int more = encoded(value).length() + 1;
      if (!part.isEmpty() && (part.size() >= most || length + more > LONGEST)) {
        parts.add(new Ask(type, parameter, part, narrowing));
        part.clear();
        length = 0;
      }
      part.add(value);
      length += more;
    }
    parts.add(new Ask(type, parameter, part, narrowing));
    return parts;
  }

  /** What to ask instead when the source does not take this; empty if there is nothing coarser. */
  List<Ask> coarser() {
    if (values.size() > 1) {
      return inListsOf((values.size() + 1) / 2);
    }
    if (!narrowing.isEmpty()) {
      return List.of(new Ask(type, parameter, values, List.of()));
    }
    return values.isEmpty() ? List.of() : List.of(new Ask(type));
  }

  private boolean isReference() {
    return parameter.equals("patient") || parameter.equals("subject");
  }

  private String list() {
    return String.join(",", values.stream().map(Ask::encoded).toList());
  }

  private List<String> parameters(String list, String count) {
    List<String> parameters = new ArrayList<>();
    if (!values.isEmpty()) {
      parameters.add(parameter + "=" + list);
    }
    parameters.addAll(narrowing);
    parameters.add(count);
    return parameters;
  }
}
