package se.nhv.fhir.intake.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;
import org.hl7.fhir.r4.model.ConceptMap;
import se.nhv.fhir.intake.StrictJson;

/**
 * The version of a mapping: how many ConceptMaps and element rules it has, and a hash of all that
 * they say, for example {@code k2r5-4f2a9c01d2e3}. It depends on nothing else: not on order, place,
 * or what was there before, so that the same files give the same version everywhere.
 */
final class MappingVersion {

  private static final int BYTES = 6;

  private MappingVersion() {}

  static String of(List<MappingResource> resources, int rules) {
    if (resources.isEmpty()) {
      return "";
    }
    long maps = resources.stream().filter(it -> it.resource() instanceof ConceptMap).count();
    MessageDigest digest = DigestUtils.getSha256Digest();
    resources.stream()
        .map(MappingVersion::content)
        .sorted(Arrays::compareUnsigned)
        .forEach(
            it -> {
              digest.update(it);
              digest.update("\n".getBytes(StandardCharsets.UTF_8));
            });
    byte[] start = Arrays.copyOf(digest.digest(), BYTES);
    return "k" + maps + "r" + rules + "-" + HexFormat.of().formatHex(start);
  }

  /** Without meta, which a server adds to. */
  private static byte[] content(MappingResource resource) {
    ObjectNode json = StrictJson.tree(resource.json());
    json.remove("meta");
    return StrictJson.encode(json);
  }
}
