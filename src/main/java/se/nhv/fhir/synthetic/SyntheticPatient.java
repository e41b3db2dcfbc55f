package se.nhv.fhir.synthetic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.hl7.fhir.r4.formats.JsonParser;
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
    return new PatientRecord(id, resources.stream().map(SyntheticPatient::raw).toList());
  }

  /** The resource as JSON; HL7's own writer, which gives the bytes of HAPI's in half the time. */
  static RawResource raw(Resource resource) {
    try {
      byte[] json = new JsonParser().composeBytes(resource);
      return new RawResource(resource.fhirType(), resource.getIdPart(), json);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory cannot fail", e);
    }
  }

  /** The reference only. */
  @Override
  public String toString() {
    return "Patient/" + id;
  }
}
