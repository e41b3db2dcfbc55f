package se.nhv.fhir.intake;

import ca.uhn.fhir.util.FhirTerser;
import ca.uhn.fhir.util.ResourceReferenceInfo;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;

/**
 * References that stand for another entry of the same Bundle (FHIR R4, bundle.html#references). The
 * door resolves them; one that is left leads nowhere.
 */
final class PlaceholderReferences {

  private static final FhirTerser TERSER = StrictJson.context().newTerser();

  private PlaceholderReferences() {}

  /**
   * A refusal for each that is left.
   *
   * @param json the resource as {@link StrictJson#encode} wrote it
   */
  static List<Refusal> leftIn(Resource resource, byte[] json) {
    if (!new String(json, StandardCharsets.UTF_8).contains("\"reference\":\"urn:")) {
      return List.of(); // walking every resource would cost as much as parsing it
    }
    return TERSER.getAllResourceReferences(resource).stream()
        .filter(PlaceholderReferences::isPlaceholder)
        .map(
            it ->
                new Refusal(
                    0,
                    resource.fhirType() + "." + it.getName(),
                    "the reference is a urn: that leads to no entry of the Bundle",
                    "refer to the resource by type and id, or send it in the same Bundle"))
        .toList();
  }

  private static boolean isPlaceholder(ResourceReferenceInfo info) {
    String reference = info.getResourceReference().getReferenceElement().getValue();
    return reference != null && reference.startsWith("urn:");
  }
}
