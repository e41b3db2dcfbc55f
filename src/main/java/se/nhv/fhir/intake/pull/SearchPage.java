package se.nhv.fhir.intake.pull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;

/**
 * One page of a search (FHIR R4, http.html#search and bundle.html#searchset).
 *
 * @param resources the resources of its entries
 * @param total how many match in all, if the source says
 * @param next the link to the next page as the source wrote it, or null on the last
 * @param notes codes of the source's own remarks, short of an error
 * @param outcomeFailure why the source says that its answer is not whole, or null
 * @param empty entries that hold no resource, by their position
 */
record SearchPage(
    List<ObjectNode> resources,
    OptionalLong total,
    @Nullable String next,
    List<String> notes,
    @Nullable String outcomeFailure,
    List<Integer> empty) {

  /** Reads a page; throws if it is no searchset. */
  static SearchPage read(byte[] body) throws QueryFailedException {
    ObjectNode bundle;
    try {
      bundle = StrictJson.tree(body);
    } catch (MalformedResourceException e) {
      throw new QueryFailedException(
          "the answer is not a FHIR Bundle in JSON: " + e.refusals().get(0).problem());
    }
    String type = bundle.path("resourceType").asText();
    if (type.equals("OperationOutcome")) {
      throw new QueryRefusedException(
          "the source answered with an OperationOutcome: " + issues(bundle));
    }
    if (!type.equals("Bundle") || !bundle.path("type").asText().equals("searchset")) {
      throw new QueryFailedException("the answer is not a Bundle of type searchset");
    }
    return new Reader(bundle).read();
  }

  private static boolean isFailure(JsonNode outcome) {
    for (JsonNode issue : outcome.path("issue")) {
      String severity = issue.path("severity").asText();
      if (!severity.equals("warning") && !severity.equals("information")) {
        return true;
      }
    }
    return false;
  }

  /** Severities and codes only: details may speak of a patient. */
  private static String issues(JsonNode outcome) {
    List<String> issues = new ArrayList<>();
    for (JsonNode issue : outcome.path("issue")) {
      issues.add(word(issue.path("severity")) + " " + word(issue.path("code")));
    }
    return issues.isEmpty() ? "no issue" : String.join(", ", issues);
  }

  private static String word(JsonNode code) {
    return code.asText().matches("[a-z-]{1,20}") ? code.asText() : "?";
  }

  /** Reads a Bundle; mutable, for one thread. */
  private static final class Reader {
    private final ObjectNode bundle;
    private final List<ObjectNode> resources = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Integer> empty = new ArrayList<>();
    private @Nullable String failure;

    Reader(ObjectNode bundle) {
      this.bundle = bundle;
    }

    SearchPage read() throws QueryFailedException {
      JsonNode entries = bundle.path("entry");
      for (int i = 0; i < entries.size(); i++) {
        entry(i, entries.path(i));
      }
      JsonNode total = bundle.path("total");
      return new SearchPage(
          resources,
          total.canConvertToLong() ? OptionalLong.of(total.asLong()) : OptionalLong.empty(),
          next(),
          notes,
          failure,
          empty);
    }

    private void entry(int index, JsonNode entry) {
      boolean isMatch = !entry.path("search").path("mode").asText().equals("include");
      if (!(entry.path("resource") instanceof ObjectNode resource)) {
        empty.add(index);
      } else if (resource.path("resourceType").asText().equals("OperationOutcome")) {
        if (isFailure(resource)) {
          failure = "the source says that its answer is not whole: " + issues(resource);
        } else {
          notes.add(issues(resource));
        }
      } else if (isMatch || AcceptedTypes.contains(resource.path("resourceType").asText())) {
        resources.add(resource);
      }
    }

    private @Nullable String next() throws QueryFailedException {
      String next = null;
      for (JsonNode link : bundle.path("link")) {
        if (link.path("relation").asText().equals("next")) {
          if (next != null || !link.path("url").isTextual()) {
            throw new QueryFailedException("the page has two next links, or one without a URL");
          }
          next = link.path("url").asText();
        }
      }
      return next;
    }
  }
}
