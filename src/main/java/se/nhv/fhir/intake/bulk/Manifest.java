package se.nhv.fhir.intake.bulk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.intake.pull.QueryFailedException;

/**
 * What an export came to (Bulk Data Access IG 2.0, "Response - Complete Status").
 *
 * @param transactionTime up to when changes are in it, and from when the next one goes on
 * @param requiresAccessToken whether files are fetched with the token
 * @param files in the order in which they are read: errors, deletions, then output, Patient first
 */
record Manifest(Instant transactionTime, boolean requiresAccessToken, List<ExportFile> files) {

  private static final int MOST_FILES = 100_000;

  /** Reads it; throws if it is none, or not the whole. */
  static Manifest read(byte[] body) throws QueryFailedException {
    ObjectNode json;
    try {
      json = StrictJson.tree(body);
    } catch (MalformedResourceException e) {
      throw new QueryFailedException(
          "the manifest is not JSON: " + e.refusals().get(0).problem() + "; export again");
    }
    for (JsonNode link : json.path("link")) {
      if (link.path("relation").asText().equals("next")) {
        throw new QueryFailedException(
            "the manifest is only a part, which was not asked for; ask the source's vendor");
      }
    }
    if (!json.path("output").isArray()) {
      throw new QueryFailedException("the manifest holds no output; ask the source's vendor");
    }
    List<ExportFile> files = new ArrayList<>();
    add(files, ExportFile.Kind.ERROR, json.path("error"));
    add(files, ExportFile.Kind.DELETED, json.path("deleted"));
    add(files, ExportFile.Kind.OUTPUT, json.path("output"));
    files.sort(Comparator.comparing(ExportFile::kind).thenComparing(it -> order(it.type())));
    return new Manifest(
        transactionTime(json), json.path("requiresAccessToken").asBoolean(true), files);
  }

  private static void add(List<ExportFile> files, ExportFile.Kind kind, JsonNode entries)
      throws QueryFailedException {
    int number = 0;
    for (JsonNode entry : entries) {
      number++;
      String type = entry.path("type").asText();
      String url = entry.path("url").asText();
      if (url.isBlank() || files.size() >= MOST_FILES) {
        throw new QueryFailedException(
            "the manifest names a file without an address, or too many; ask the source's vendor");
      }
      JsonNode count = entry.path("count");
      files.add(
          new ExportFile(
              kind,
              type.matches("[A-Za-z]{1,40}") ? type : "(no type)",
              number,
              url,
              count.canConvertToLong() ? OptionalLong.of(count.asLong()) : OptionalLong.empty()));
    }
  }

  private static int order(String type) {
    int index = AcceptedTypes.ALL.indexOf(type);
    return index < 0 ? AcceptedTypes.ALL.size() : index;
  }

  private static Instant transactionTime(ObjectNode json) throws QueryFailedException {
    try {
      return OffsetDateTime.parse(json.path("transactionTime").asText()).toInstant();
    } catch (DateTimeException e) {
      throw new QueryFailedException(
          "the manifest holds no transactionTime; ask the source's vendor");
    }
  }
}
