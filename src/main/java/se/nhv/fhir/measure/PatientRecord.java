package se.nhv.fhir.measure;

import java.util.List;

/**
 * All that one unit's data say of one patient: the Patient and every resource about that patient.
 *
 * @param id the logical id of the Patient at its source
 * @param resources the Patient and its resources, in no particular order
 */
public record PatientRecord(String id, List<RawResource> resources) {

  /** Copies the list. */
  public PatientRecord {
    resources = List.copyOf(resources);
  }

  /** The reference only, never the content. */
  @Override
  public String toString() {
    return "Patient/" + id;
  }
}
