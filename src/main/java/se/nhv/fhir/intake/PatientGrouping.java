package se.nhv.fhir.intake;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** Puts resources together by the patient whom they are about. */
public final class PatientGrouping {

  private PatientGrouping() {}

  /**
   * The patients among the resources, in the order of their ids, each with all that is about them.
   *
   * @throws IllegalArgumentException if a resource cannot be read or is about no patient
   */
  public static List<PatientRecord> of(List<RawResource> resources) {
    TreeMap<String, List<RawResource>> bySubject = new TreeMap<>();
    for (RawResource resource : resources) {
      bySubject.computeIfAbsent(subject(resource), s -> new ArrayList<>()).add(resource);
    }
    return bySubject.entrySet().stream()
        .map(e -> new PatientRecord(e.getKey(), e.getValue()))
        .toList();
  }

  private static String subject(RawResource resource) {
    if (resource.type().equals("Patient")) {
      return resource.id();
    }
    try {
      byte[] json = resource.json();
      String reference = ResourceHead.read(json, new ResourceHead.Slice(0, json.length)).subject();
      return PatientReferences.id(reference == null ? "" : reference)
          .orElseThrow(
              () -> new IllegalArgumentException(resource + " names no patient as its subject"));
    } catch (IOException e) {
      throw new IllegalArgumentException(resource + " cannot be read", e);
    }
  }
}
