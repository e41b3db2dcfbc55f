package se.nhv.fhir.synthetic;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/**
 * A made-up patient with all the care that the unit's data tell of. Every reference within it is to
 * a resource within it.
 *
 * @param id the logical id of the Patient; the same at two units for two different patients
 * @param resources the Patient first, then the rest, each with id and subject
 */
public record SyntheticPatient(String id, List<Resource> resources) {

  /** Copies the list, not the resources. */
  public SyntheticPatient {
    resources = List.copyOf(resources);
  }

  /** The same as JSON in UTF-8, one line a resource, always the same bytes. */
  public PatientRecord record() {
    IParser parser = FhirContext.forR4Cached().newJsonParser().setPrettyPrint(false);
    return new PatientRecord(
        id,
        resources.stream()
            .map(
                resource ->
                    RawResource.of(
                        resource.fhirType(),
                        resource.getIdPart(),
                        parser.encodeResourceToString(resource)))
            .toList());
  }

  /** The reference only. */
  @Override
  public String toString() {
    return "Patient/" + id;
  }
}
