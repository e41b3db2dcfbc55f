package se.nhv.fhir.server.push;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PayloadTooLargeException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.server.door.Outcomes;

/**
 * A Bundle as pushed: a transaction is taken whole or not at all, a batch entry by entry.
 *
 * @param type transaction or batch
 * @param entries in the order of the sender, at most {@link #MOST_ENTRIES}
 */
record PushedBundle(BundleType type, List<BundleEntry> entries) {

  /** The most entries of one Bundle. */
  static final int MOST_ENTRIES = 500;

  private static final Set<String> KEYS =
      Set.of("resourceType", "id", "meta", "type", "identifier", "timestamp", "entry");

  /** Reads a Bundle, or refuses it whole with 400 or 413. */
  static PushedBundle of(ObjectNode json) {
    if (!"Bundle".equals(json.path("resourceType").asText())) {
      throw new InvalidRequestException(
          "Only a Bundle is posted here: POST or PUT a single resource at its type.");
    }
    List<Refusal> unknown = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!KEYS.contains(field.getKey())) {
        unknown.add(
            new Refusal(
                0,
                "Bundle." + field.getKey(),
                "this element is not known or not taken here",
                "leave it out"));
      }
    }
    if (!unknown.isEmpty()) {
      throw new InvalidRequestException("The Bundle was refused", Outcomes.refused(unknown));
    }
    return new PushedBundle(type(json.path("type").asText()), entries(json.path("entry")));
  }

  private static BundleType type(String type) {
    return switch (type) {
      case "transaction" -> BundleType.TRANSACTION;
      case "batch" -> BundleType.BATCH;
      default ->
          throw new InvalidRequestException(
              "Bundle.type must be transaction or batch to be taken.");
    };
  }

  private static List<BundleEntry> entries(JsonNode json) {
    if (!json.isArray() && !json.isMissingNode()) {
      throw new InvalidRequestException("Bundle.entry must be a JSON array.");
    }
    if (json.size() > MOST_ENTRIES) {
      throw new PayloadTooLargeException(
          "The Bundle has "
              + json.size()
              + " entries: send at most "
              + MOST_ENTRIES
              + " at a time.");
    }
    List<BundleEntry> entries = new ArrayList<>(json.size());
    for (int i = 0; i < json.size(); i++) {
      entries.add(BundleEntry.of(i, json.get(i)));
    }
    return entries;
  }
}
