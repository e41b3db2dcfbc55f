package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Canonicals;

/** Everything that can be left out is left out now and then in the small areas, and never else. */
class OmissionsTest {

  private static final Map<String, Predicate<ReadBack>> OMISSIONS =
      new TreeMap<>(
          Map.of(
              "day of birth", p -> p.stream(Patient.class).noneMatch(Patient::hasBirthDate),
              "death without a date", p -> deaths(p).anyMatch(Patient::hasDeceasedBooleanType),
              "month of death", p -> deaths(p).anyMatch(OmissionsTest::hasMonthOfDeath),
              "region", OmissionsTest::hasReferralWithoutRegion,
              "decision", p -> has(p, "sct-mdk") && !isObserved(p, "sct-beslut"),
              "mobilisation", p -> has(p, "sct-aterforing") && !has(p, "sct-mobilisering"),
              "intention", p -> has(p, "bbc-kirurgi") && !isObserved(p, "behandlingsintention"),
              "follow-up", p -> has(p, "sct-aterforing") && !hasVisit(p) && !isDead(p),
              "stay of the transplantation", OmissionsTest::hasEarlierStay));

  @Test
  void theSmallAreasHaveEveryOmission() {
    List<ReadBack> patients = ReadBack.all();
    OMISSIONS.forEach((name, omission) -> assertThat(patients).as(name).anyMatch(omission));
  }

  @Test
  void dataWithoutFaultsHaveNone() {
    List<ReadBack> patients = ReadBack.faultless();
    OMISSIONS.forEach((name, omission) -> assertThat(patients).as(name).noneMatch(omission));
  }

  @Test
  void netCareHasNone() {
    List<ReadBack> patients =
        SyntheticHospitals.units().stream().flatMap(ReadBack::patientsOf).toList();
    OMISSIONS.forEach((name, omission) -> assertThat(patients).as(name).noneMatch(omission));
  }

  private static Stream<Patient> deaths(ReadBack patient) {
    return patient.stream(Patient.class).filter(Patient::hasDeceased);
  }

  private static boolean isDead(ReadBack patient) {
    return deaths(patient).findAny().isPresent();
  }

  private static boolean hasMonthOfDeath(Patient patient) {
    return patient.hasDeceasedDateTimeType()
        && patient.getDeceasedDateTimeType().asStringValue().length() == 7;
  }

  private static boolean hasReferralWithoutRegion(ReadBack patient) {
    return patient.stream(ServiceRequest.class)
        .filter(request -> request.getCode().getCodingFirstRep().getCode().equals("remiss"))
        .anyMatch(r -> !r.hasExtension(Canonicals.structureDefinition("remitterande-region")));
  }

  private static boolean has(ReadBack patient, String atgard) {
    return patient.procedures(atgard).anyMatch(p -> p.getStatus() == ProcedureStatus.COMPLETED);
  }

  private static boolean isObserved(ReadBack patient, String code) {
    return patient.observations(code).findAny().isPresent();
  }

  private static boolean hasVisit(ReadBack patient) {
    return patient.stream(Encounter.class).anyMatch(e -> e.getIdPart().contains("besok"));
  }

  /** A transplantation in the Encounter in which the stem cells were mobilised. */
  private static boolean hasEarlierStay(ReadBack patient) {
    List<String> mobilisations =
        patient
            .procedures("sct-mobilisering")
            .map(procedure -> procedure.getEncounter().getReference())
            .toList();
    return patient
        .procedures("sct-aterforing")
        .anyMatch(p -> p.hasEncounter() && mobilisations.contains(p.getEncounter().getReference()));
  }
}
