package se.nhv.fhir.server.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.MalformedResourceException;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.server.door.IfMatch;

/**
 * One entry of a pushed Bundle, read strictly.
 *
 * @param index its position in the Bundle, from 0
 * @param fullUrl its fullUrl, or null
 * @param delivery what it hands in, or null if it cannot be taken
 * @param refusals why not; empty if it can
 * @param malformed whether it is not FHIR at all (400), rather than not taken here (422)
 */
record BundleEntry(
    int index,
    @Nullable String fullUrl,
    @Nullable Delivery delivery,
    List<Refusal> refusals,
    boolean malformed) {

  private static final Set<String> KEYS = Set.of("id", "fullUrl", "resource", "request");
  private static final Set<String> REQUEST_KEYS =
      Set.of("id", "method", "url", "ifMatch", "ifNoneExist");

  /** Reads an entry; whatever is wrong with it is told at once. */
  static BundleEntry of(int index, JsonNode json) {
    return new Reading(index, json).entry();
  }

  /** An element of the resource as an element of the entry: {@code .resource.name}. */
  static String within(String element) {
    int dot = element.indexOf('.');
    return dot < 0 ? ".resource" : ".resource" + element.substring(dot);
  }

  private static final class Reading {

    private final int index;
    private final JsonNode json;
    private final JsonNode request;
    private final String place;
    private final List<Refusal> refusals = new ArrayList<>();
    private boolean malformed;

    Reading(int index, JsonNode json) {
      this.index = index;
      this.json = json;
      this.request = json.path("request");
      this.place = "Bundle.entry[" + index + "]";
    }

    BundleEntry entry() {
      onlyKnown(json, KEYS, place);
      onlyKnown(request, REQUEST_KEYS, place + ".request");
      Delivery delivery = refusals.isEmpty() ? delivery() : null;
      JsonNode fullUrl = json.path("fullUrl");
      return new BundleEntry(
          index,
          fullUrl.isTextual() ? fullUrl.asText() : null,
          refusals.isEmpty() ? delivery : null,
          List.copyOf(refusals),
          malformed);
    }

    private @Nullable Delivery delivery() {
      String method = request.path("method").asText();
      return switch (method) {
        case "PUT" -> update();
        case "DELETE" -> deletion();
        case "POST" -> create();
        default -> {
          refuse(
              ".request.method",
              "an entry takes PUT, DELETE or POST only",
              "read by GET of the resource, outside the Bundle");
          yield null;
        }
      };
    }

    private @Nullable Delivery update() {
      String[] target = target();
      Resource resource = resource();
      Long expected = expected();
      if (target.length == 2
          && resource != null
          && !(target[0].equals(resource.fhirType())
              && target[1].equals(resource.getIdElement().getIdPart()))) {
        refuse(
            ".resource.id",
            "type and id are not those of request.url",
            "write the same type and id in both");
      }
      return resource != null && json.path("resource") instanceof ObjectNode sent
          ? new Delivery.Update(resource, StrictJson.encode(sent), expected)
          : null;
    }

    private @Nullable Delivery deletion() {
      String[] target = target();
      Long expected = expected();
      if (json.has("resource")) {
        refuse(".resource", "a DELETE has no resource", "leave it out");
      }
      return target.length == 2 ? new Delivery.Deletion(target[0], target[1], expected) : null;
    }

    private @Nullable Delivery create() {
      Resource resource = resource();
      IfNoneExist condition = IfNoneExist.of(text("ifNoneExist"));
      if (condition == null) {
        refuse(
            ".request.ifNoneExist",
            "a POST needs ifNoneExist on one identifier",
            IfNoneExist.REMEDY);
        return null;
      }
      if (resource == null) {
        return null;
      }
      if (!resource.fhirType().equals(text("url"))) {
        refuse(
            ".request.url",
            "the url of a POST is the type of its resource",
            "write the type alone");
      }
      return new Delivery.CreateIfNoneExist(resource, condition.system(), condition.value());
    }

    private String[] target() {
      String url = text("url");
      String[] parts = url == null ? new String[0] : url.split("/", -1);
      if (parts.length != 2
          || !parts[0].matches("[A-Za-z]+")
          || !parts[1].matches("[A-Za-z0-9.-]{1,64}")) {
        refuse(
            ".request.url",
            "the url is not a type and the source's own id",
            "write it as Type/id, without server and query");
        return new String[0];
      }
      return parts;
    }

    private @Nullable Resource resource() {
      if (!(json.path("resource") instanceof ObjectNode resource)) {
        refuse(".resource", "there is no resource", "write the resource as a JSON object");
        malformed = true;
        return null;
      }
      try {
        return StrictJson.parse(resource);
      } catch (MalformedResourceException e) {
        malformed = true;
        for (Refusal fault : e.refusals()) {
          refuse(within(fault.element()), fault.problem(), fault.remedy());
        }
        return null;
      }
    }

    private @Nullable Long expected() {
      try {
        return IfMatch.version(text("ifMatch"));
      } catch (IllegalArgumentException e) {
        refuse(".request.ifMatch", "this is not the ETag of a version", "write it as W/\"3\"");
        return null;
      }
    }

    private @Nullable String text(String key) {
      JsonNode value = request.path(key);
      return value.isTextual() ? value.asText() : null;
    }

    private void onlyKnown(JsonNode object, Set<String> known, String path) {
      if (!object.isObject()) {
        malformed = true;
        refusals.add(new Refusal(index, path, "this is missing or no JSON object", "write it"));
        return;
      }
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        if (!known.contains(field.getKey())) {
          malformed = true;
          refusals.add(
              new Refusal(
                  index,
                  path + "." + field.getKey(),
                  "this element is not known or not taken here",
                  "leave it out"));
        }
      }
    }

    private void refuse(String element, String problem, String remedy) {
      refusals.add(new Refusal(index, place + element, problem, remedy));
    }
  }
}
