package se.nhv.fhir.intake.pull.hospitals;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import se.nhv.fhir.measure.RawResource;

/** As HAPI's JPA server: pages by an opaque id, no total, included resources among the matches. */
public final class JpaHospital extends ScriptedHospital {

  private final Map<String, String> continued = new ConcurrentHashMap<>();

  /** A hospital that holds these. */
  public JpaHospital(List<RawResource> resources) {
    super(resources);
  }

  @Override
  protected synchronized ObjectNode page(
      String search, List<ObjectNode> matches, int offset, int count) {
    int to = Math.min(matches.size(), offset + count);
    ObjectNode bundle = bundle(matches.subList(Math.min(offset, to), to));
    ObjectNode included = JSON.createObjectNode();
    included.put("resourceType", "Practitioner").put("id", "included");
    entry((ArrayNode) bundle.get("entry"), included, "include");
    if (to < matches.size()) {
      String link = base() + "?_getpages=" + UUID.randomUUID() + "&_getpagesoffset=" + to;
      next(bundle, link);
      continued.put(link, search + "&_offset=" + to);
    }
    return bundle;
  }

  @Override
  protected String continued(String request) {
    return continued.getOrDefault(base().resolve(request).toString(), "");
  }
}
