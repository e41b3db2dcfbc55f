package se.nhv.fhir.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.store.IndexEntry;

/**
 * What the intake reads of a resource before it is stored.
 *
 * @param subject the id of the Patient that it is about, or null: an Organization, a Patient (whose
 *     subject is itself), or a refused resource
 * @param index the values under which it is found: its identifiers as system|value
 * @param refusals why it cannot be taken, each with index 0; empty if it can
 */
record Admission(@Nullable String subject, List<IndexEntry> index, List<Refusal> refusals) {

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");
  private static final String ID_REMEDY =
      "use the source's own id: 1 to 64 of A-Z, a-z, 0-9, '-' and '.'";

  /** A resource that comes under its own id. */
  static Admission withId(Resource resource, byte[] json) {
    String id = resource.getIdElement().getIdPart();
    return of(resource, json, new ArrayList<>(faultsOf(resource.fhirType(), id == null ? "" : id)));
  }

  /** A resource that comes without an id, for that identifier. */
  static Admission withIdentifier(Resource resource, byte[] json, String system, String value) {
    List<Refusal> refusals = new ArrayList<>(faultsOf(resource.fhirType(), "none"));
    IndexEntry wanted = token(system, value);
    if (!identifiers(resource).contains(wanted)) {
      refusals.add(
          new Refusal(
              0,
              resource.fhirType() + ".identifier",
              "the identifier of If-None-Exist is not among the resource's own",
              "send it in the resource too, or the next push could not find it"));
    }
    return of(resource, json, refusals);
  }

  /** Whether it is in the form of a FHIR id. */
  static boolean isId(String id) {
    return ID.matcher(id).matches();
  }

  /** What is wrong with a type and id, each with index 0. */
  static List<Refusal> faultsOf(String type, String id) {
    List<Refusal> faults = new ArrayList<>();
    if (!AcceptedTypes.contains(type)) {
      faults.add(
          new Refusal(
              0,
              type,
              "resources of this type are not taken in",
              "send only " + String.join(", ", AcceptedTypes.ALL)));
    } else if (!isId(id)) {
      faults.add(new Refusal(0, type + ".id", "the id is missing or not a FHIR id", ID_REMEDY));
    }
    return faults;
  }

  private static Admission of(Resource resource, byte[] json, List<Refusal> refusals) {
    String type = resource.fhirType();
    Optional<String> subject = Optional.empty();
    if (AcceptedTypes.contains(type)) {
      refusals.addAll(PlaceholderReferences.leftIn(resource, json));
      subject = subject(resource);
      if (subject.isEmpty() && !type.equals("Patient") && AcceptedTypes.hasSubject(type)) {
        refusals.add(
            new Refusal(
                0,
                type + ".subject",
                "it refers to no Patient",
                "write subject.reference as Patient/ and the Patient's id at the source"));
      }
    }
    return new Admission(subject.orElse(null), identifiers(resource), List.copyOf(refusals));
  }

  private static Optional<String> subject(Resource resource) {
    for (Base value : values(resource, "subject")) {
      if (value instanceof Reference reference && reference.hasReference()) {
        return PatientReferences.id(reference.getReference());
      }
    }
    return Optional.empty();
  }

  private static List<IndexEntry> identifiers(Resource resource) {
    List<IndexEntry> entries = new ArrayList<>();
    for (Base value : values(resource, "identifier")) {
      if (value instanceof Identifier identifier && identifier.hasValue()) {
        String system = identifier.hasSystem() ? identifier.getSystem() : "";
        entries.add(token(system, identifier.getValue()));
      }
    }
    return entries.stream().distinct().toList();
  }

  private static IndexEntry token(String system, String value) {
    return IndexEntry.token("identifier", system + "|" + value);
  }

  private static List<Base> values(Resource resource, String name) {
    Property property = resource.getNamedProperty(name);
    return property == null ? List.of() : property.getValues();
  }
}
