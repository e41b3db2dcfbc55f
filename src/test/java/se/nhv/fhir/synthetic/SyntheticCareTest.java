package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import se.nhv.fhir.measure.RawResource;

/** The care of all areas at a unit: who gives what, how much, and that it is always the same. */
class SyntheticCareTest {

  private static final CareYears YEARS = CareYears.NET_2022_TO_2025;
  private static final List<SyntheticUnit> UNITS = SyntheticHospitals.units();

  @Test
  void everyUnitGivesOtherCareAndEachAreaIsGivenByTwo() {
    assertThat(UNITS).extracting(unit -> unit.areas().keySet()).doesNotHaveDuplicates();
    for (CareArea area : CareArea.values()) {
      assertThat(UNITS)
          .as(area.toString())
          .filteredOn(unit -> unit.areas().containsKey(area))
          .hasSizeGreaterThanOrEqualTo(2);
    }
  }

  @Test
  void thePatientsOfNetCareAreTheSameBesideThoseOfOtherAreas() {
    for (SyntheticUnit unit : UNITS) {
      List<String> alone = texts(new SyntheticNetCare(unit, 7, YEARS).patients());
      List<String> beside = texts(new SyntheticCare(unit, 7, YEARS).patients());
      assertThat(beside).hasSizeGreaterThan(alone.size());
      assertThat(beside.subList(0, alone.size()).equals(alone)).isTrue();
    }
  }

  @Test
  void theSameSeedGivesTheSamePatientsAndAnotherGivesOthers() {
    SyntheticUnit unit = UNITS.get(1);
    for (CareArea area : unit.areas().keySet()) {
      List<String> first = texts(new SyntheticCare(unit, 7, YEARS).patients(area));
      assertThat(texts(new SyntheticCare(unit, 7, YEARS).patients(area)).equals(first)).isTrue();
      assertThat(texts(new SyntheticCare(unit, 7, YEARS).patients(area).parallel()).equals(first))
          .isTrue();
      assertThat(texts(new SyntheticCare(unit, 8, YEARS).patients(area)))
          .noneMatch(first::contains);
    }
  }

  @Test
  void noTwoPatientsOfAUnitShareAnIdOrAnIdentifier() {
    for (SyntheticUnit unit : UNITS) {
      List<Patient> patients =
          ReadBack.allOf(unit).flatMap(each -> each.stream(Patient.class)).toList();
      assertThat(patients).extracting(Resource::getIdPart).doesNotHaveDuplicates();
      assertThat(patients)
          .extracting(patient -> patient.getIdentifierFirstRep().getValue())
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aPatientHasCareOfOneAreaOnly() {
    for (SyntheticUnit unit : UNITS) {
      for (CareArea area : unit.areas().keySet()) {
        Set<String> areas = new HashSet<>();
        ReadBack.patientsOf(unit, area).forEach(patient -> areas.addAll(areasOf(patient)));
        assertThat(areas).containsExactly(area.area().code());
      }
    }
  }

  @Test
  void careThatTheUnitDoesNotGiveIsRefusedByName() {
    SyntheticCare care = new SyntheticCare(UNITS.get(0), 7, YEARS);
    assertThatThrownBy(() -> care.patients(CareArea.SCT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SE0000000000-NET1")
        .hasMessageContaining("SCT");
  }

  @ParameterizedTest
  @CsvSource({
    "ABK, abk-mdk, 25, 60",
    "ABK, abk-primaroperation, 18, 45",
    "SCT, sct-mdk, 7, 20",
    "SCT, sct-aterforing, 6, 18",
    "BBC, bbc-mdk, 7, 18",
    "BBC, bbc-kirurgi, 6, 16",
    "BBC, bbc-onkologisk-behandling, 4, 14"
  })
  void aUnitGivesAsMuchCareAYearAsTheAreaHas(CareArea area, String atgard, int least, int most) {
    for (SyntheticUnit unit : UNITS) {
      if (unit.areas().containsKey(area)) {
        Map<String, Long> years = perYear(unit, area, atgard);
        for (String year : List.of("2023", "2024", "2025")) {
          assertThat(years.get(year))
              .as("%s %s %s", unit.unit(), atgard, year)
              .isBetween((long) least, (long) most);
        }
      }
    }
  }

  @Test
  void theOtherAreasAddLessThanTheNetCareHas() {
    long net = resources(UNITS.stream().flatMap(u -> new SyntheticNetCare(u, 7, YEARS).patients()));
    long all = resources(UNITS.stream().flatMap(u -> new SyntheticCare(u, 7, YEARS).patients()));
    assertThat(all).isBetween(net * 5 / 4, net * 2);
  }

  private static Map<String, Long> perYear(SyntheticUnit unit, CareArea area, String atgard) {
    return ReadBack.patientsOf(unit, area)
        .flatMap(patient -> patient.procedures(atgard))
        .filter(procedure -> !procedure.hasPartOf())
        .filter(procedure -> procedure.getStatus() == Procedure.ProcedureStatus.COMPLETED)
        .collect(
            Collectors.groupingBy(
                procedure -> CareInOrderTest.start(procedure).asStringValue().substring(0, 4),
                TreeMap::new,
                Collectors.counting()));
  }

  private static List<String> texts(Stream<SyntheticPatient> patients) {
    return patients
        .map(patient -> patient.record().resources())
        .map(resources -> resources.stream().map(RawResource::text).collect(Collectors.joining()))
        .toList();
  }

  private static long resources(Stream<SyntheticPatient> patients) {
    return patients.mapToLong(patient -> patient.resources().size()).sum();
  }

  private static Set<String> areasOf(ReadBack patient) {
    Stream<CodeableConcept> stated =
        Stream.concat(
            patient.stream(ServiceRequest.class).flatMap(r -> r.getCategory().stream()),
            patient.stream(CarePlan.class).map(plan -> plan.getCategory().get(1)));
    return stated.map(concept -> concept.getCodingFirstRep().getCode()).collect(Collectors.toSet());
  }
}
