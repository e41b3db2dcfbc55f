package se.nhv.fhir.intake.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.measure.RawResource;

/** One patient's resources, read once, and the day on which they are looked at. */
final class Chart {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String patientId;
  private final Map<String, ChartResource> resources = new TreeMap<>();
  private final Map<String, List<ChartResource>> byType = new HashMap<>();
  private final Map<String, List<Dated>> dates = new HashMap<>();
  private final LocalDate today;

  /**
   * Reads the record.
   *
   * @throws IllegalArgumentException if a resource is not JSON
   */
  Chart(PatientRecord patient, LocalDate today) {
    this.patientId = patient.id();
    this.today = today;
    patient.resources().stream()
        .map(Chart::read)
        .sorted(Comparator.comparing(ChartResource::reference))
        .forEach(
            it -> {
              resources.put(it.reference(), it);
              byType.computeIfAbsent(it.type(), type -> new ArrayList<>()).add(it);
            });
  }

  /** Reads one resource. */
  static ChartResource read(RawResource raw) {
    try {
      JsonNode json = JSON.readTree(raw.json());
      return new ChartResource(raw.type(), raw.id(), json);
    } catch (IOException e) {
      throw new IllegalArgumentException(raw + " cannot be read as JSON", e);
    }
  }

  String patientId() {
    return patientId;
  }

  LocalDate today() {
    return today;
  }

  /** Every resource, by type and id. */
  List<ChartResource> all() {
    return List.copyOf(resources.values());
  }

  /** The resources of one type, by id. */
  List<ChartResource> of(String type) {
    return byType.getOrDefault(type, List.of());
  }

  /** The dates of a resource, worked out once. */
  List<Dated> dates(ChartResource resource, Supplier<List<Dated>> reading) {
    List<Dated> known = dates.get(resource.reference());
    if (known == null) {
      known = reading.get();
      dates.put(resource.reference(), known);
    }
    return known;
  }

  /** The Patient. */
  Optional<ChartResource> patient() {
    return Optional.ofNullable(resources.get("Patient/" + patientId));
  }

  /** What a reference leads to, whatever server it names; empty if it is not here. */
  Optional<ChartResource> find(String reference) {
    return Optional.ofNullable(resources.get(ChartResource.relative(reference)));
  }

  /** Whether one of those references leads to that resource. */
  static boolean lead(List<String> references, ChartResource resource) {
    return references.stream()
        .anyMatch(it -> ChartResource.relative(it).equals(resource.reference()));
  }

  /** The day of birth; empty if it is not known to the day. */
  Optional<LocalDate> birth() {
    return patient().flatMap(it -> it.date("birthDate")).flatMap(FhirDate::day);
  }

  /** The day of death; empty if it is not known to the day, or the patient lives. */
  Optional<LocalDate> death() {
    return patient().flatMap(it -> it.date("deceasedDateTime")).flatMap(FhirDate::day);
  }
}
