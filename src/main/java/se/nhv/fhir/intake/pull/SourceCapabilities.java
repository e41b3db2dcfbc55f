package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;

/**
 * What a source says that it answers (FHIR R4, CapabilityStatement).
 *
 * @param stated whether it says anything
 * @param parameters the names of the search parameters of each type; of all types under the empty
 *     name
 */
record SourceCapabilities(boolean stated, Map<String, Set<String>> parameters) {

  static final SourceCapabilities UNKNOWN = new SourceCapabilities(false, Map.of());

  /** Asks the source; it is unknown what it answers if that fails. */
  static SourceCapabilities of(PageClient client, FhirEndpoint endpoint) {
    try {
      return read(StrictJson.tree(client.get(Origin.below(endpoint.base(), "metadata"))));
    } catch (QueryFailedException | MalformedResourceException e) {
      return UNKNOWN;
    }
  }

  private static SourceCapabilities read(JsonNode statement) {
    if (!statement.path("resourceType").asText().equals("CapabilityStatement")) {
      return UNKNOWN;
    }
    Map<String, Set<String>> parameters = new TreeMap<>();
    for (JsonNode rest : statement.path("rest")) {
      if (rest.path("mode").asText().equals("server")) {
        add(parameters, "", rest);
        rest.path("resource").forEach(it -> add(parameters, it.path("type").asText(), it));
      }
    }
    boolean namesTypes = parameters.keySet().stream().anyMatch(it -> !it.isEmpty());
    return namesTypes ? new SourceCapabilities(true, parameters) : UNKNOWN;
  }

  private static void add(Map<String, Set<String>> parameters, String type, JsonNode statement) {
    Set<String> names = parameters.computeIfAbsent(type, t -> new HashSet<>());
    statement.path("searchParam").forEach(it -> names.add(it.path("name").asText()));
  }

  /** Whether it may have resources of that type. */
  boolean offers(String type) {
    return !stated || parameters.containsKey(type);
  }

  /** Whether it says that it searches that type by that parameter. */
  boolean searches(String type, String parameter) {
    return parameters.getOrDefault(type, Set.of()).contains(parameter)
        || parameters.getOrDefault("", Set.of()).contains(parameter);
  }

  /** The parameter that narrows a search to what has changed; none if it has none, or for null. */
  List<String> changedSince(String type, @Nullable Instant from) {
    return from == null || !searches(type, "_lastUpdated")
        ? List.of()
        : List.of("_lastUpdated=ge" + DateTimeFormatter.ISO_INSTANT.format(from));
  }
}
