package se.nhv.fhir.synthetic;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;

/**
 * One patient's chart while it is written: the resources so far, how this unit writes, and until
 * when anything can be written at all. Not thread-safe.
 */
final class Chart {

  final Chance chance;
  final CareArea area;
  final UnitTraits traits;
  final WrittenDates dates;

  private final String patientId;
  private final SyntheticUnit unit;
  private final LocalDate extracted;
  private final @Nullable LocalDate death;
  private final String home;
  private final List<Resource> resources = new ArrayList<>();

  Chart(
      String patientId,
      SyntheticUnit unit,
      CareArea area,
      Chance chance,
      LocalDate extracted,
      @Nullable LocalDate death) {
    this.patientId = patientId;
    this.unit = unit;
    this.chance = chance;
    this.area = area;
    this.traits = unit.traits(area);
    this.dates = new WrittenDates(traits, chance);
    this.extracted = extracted;
    this.death = death;
    this.home = Residence.county(chance, unit.county());
  }

  /** Whether something of that day can be in the chart: the patient alive, the data not yet out. */
  boolean reaches(LocalDate day) {
    return !isAfterExtraction(day) && !isAfterDeath(day);
  }

  boolean reaches(LocalDateTime moment) {
    return reaches(moment.toLocalDate());
  }

  boolean isAfterExtraction(LocalDate day) {
    return day.isAfter(extracted);
  }

  boolean isAfterDeath(LocalDate day) {
    return death != null && day.isAfter(death);
  }

  /** The day of death, or the given day when the patient lives then. */
  LocalDate deathOr(LocalDate day) {
    return death != null && day.isAfter(death) ? death : day;
  }

  /** The day of death, if the patient died before the data were taken out. */
  @Nullable LocalDate death() {
    return death;
  }

  /**
   * Whether something is left out, at that rate. A rate of 0 takes no chance, so that a patient
   * whose data have no such fault is the same as before there were any.
   */
  boolean omits(double rate) {
    return rate > 0 && chance.happens(rate);
  }

  /** What this unit leaves out, and how often. */
  Omissions omissions() {
    return traits.faults().omissions();
  }

  /** Adds the resource under an id made of the patient's, its kind and a running number. */
  <T extends Resource> T add(String kind, T resource) {
    resource.setId(patientId + "-" + kind + "-" + resources.size());
    return keep(resource);
  }

  /** Adds the Patient itself. */
  <T extends Resource> T addPatient(T patient) {
    patient.setId(patientId);
    return keep(patient);
  }

  private <T extends Resource> T keep(T resource) {
    resource.getMeta().addTag(Terminology.testData());
    resources.add(resource);
    return resource;
  }

  /** The county where the patient lives, or comes from. */
  String home() {
    return home;
  }

  /** The licensed area of the care. */
  CodeableConcept area() {
    return Terminology.own("omrade", area.code());
  }

  /** Whether the Patient, which must be added, is a woman. */
  boolean isOfWoman() {
    return ((Patient) resources.get(0)).getGender() == AdministrativeGender.FEMALE;
  }

  /** A reference to the patient. */
  Reference patient() {
    return new Reference("Patient/" + patientId);
  }

  /** The unit by its HSA-id alone, for it is not in the patient's chart. */
  Reference unit() {
    Reference reference = new Reference().setDisplay(unit.name());
    reference.getIdentifier().setSystem(Canonicals.HSA_ID).setValue(unit.unit().hsaId());
    return reference;
  }

  /** A reference to a resource of this chart. */
  static Reference to(Resource resource) {
    return new Reference(resource.fhirType() + "/" + resource.getIdPart());
  }

  SyntheticPatient finished() {
    return new SyntheticPatient(patientId, resources);
  }
}
