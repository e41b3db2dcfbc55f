package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import se.nhv.fhir.intake.PatientReferences;

/** The patients whom a request has met, gathered for its record by whoever handles it. */
public final class TouchedPatients {

  private static final String MARK = TouchedPatients.class.getName();

  private TouchedPatients() {}

  /** Notes a patient by id. */
  @SuppressWarnings("unchecked")
  public static void add(RequestDetails request, String patient) {
    ((Set<String>) request.getUserData().computeIfAbsent(MARK, it -> new TreeSet<String>()))
        .add(patient);
  }

  /** Notes the patient of a resource, if it is about one. */
  public static void add(RequestDetails request, Resource resource) {
    of(resource).forEach(id -> add(request, id));
  }

  /** All that were noted, in order. */
  @SuppressWarnings("unchecked")
  public static Set<String> of(RequestDetails request) {
    return (Set<String>) request.getUserData().getOrDefault(MARK, Set.of());
  }

  /** The patients of a resource, or of those within a Bundle. */
  public static Set<String> of(Resource resource) {
    Set<String> found = new LinkedHashSet<>();
    if (resource instanceof Bundle bundle) {
      for (Bundle.BundleEntryComponent entry : bundle.getEntry()) {
        if (entry.hasResource()) {
          found.addAll(of(entry.getResource()));
        }
      }
    } else if (resource.fhirType().equals("Patient") && resource.getIdElement().hasIdPart()) {
      found.add(resource.getIdElement().getIdPart());
    } else {
      Stream.of("subject", "patient")
          .map(resource::getNamedProperty)
          .flatMap(TouchedPatients::references)
          .map(PatientReferences::id)
          .flatMap(Optional::stream)
          .forEach(found::add);
    }
    return found;
  }

  private static Stream<String> references(Property property) {
    List<?> values = property == null ? List.of() : property.getValues();
    return values.stream()
        .filter(it -> it instanceof Reference reference && reference.hasReference())
        .map(it -> ((Reference) it).getReference());
  }
}
