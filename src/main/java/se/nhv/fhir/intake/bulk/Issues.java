package se.nhv.fhir.intake.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;

/**
 * What OperationOutcomes say, as severities and codes with how often each stands there; their
 * details may speak of a patient. For one thread.
 */
final class Issues {

  private final Map<String, Integer> errors = new TreeMap<>();
  private final Map<String, Integer> remarks = new TreeMap<>();

  /** Takes in an OperationOutcome. */
  void add(JsonNode outcome) {
    for (JsonNode issue : outcome.path("issue")) {
      String severity = word(issue.path("severity"));
      boolean isRemark = severity.equals("warning") || severity.equals("information");
      (isRemark ? remarks : errors)
          .merge(severity + " " + word(issue.path("code")), 1, Integer::sum);
    }
  }

  /** Those that make an answer less than whole, or an empty text. */
  String errors() {
    return text(errors);
  }

  /** The others, or an empty text. */
  String remarks() {
    return text(remarks);
  }

  /** What a refusing answer says of itself: a text to append, which may be empty. */
  static String of(byte[] body) {
    Issues issues = new Issues();
    try {
      issues.add(StrictJson.tree(body));
    } catch (MalformedResourceException e) {
      return "";
    }
    return issues.errors.isEmpty() ? "" : " (" + issues.errors() + ")";
  }

  private static String text(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(it -> it.getValue() == 1 ? it.getKey() : it.getKey() + " × " + it.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String word(JsonNode code) {
    return code.asText().matches("[a-z-]{1,20}") ? code.asText() : "?";
  }
}
