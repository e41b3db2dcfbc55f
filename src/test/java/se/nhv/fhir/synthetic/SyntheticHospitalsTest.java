package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.measure.Canonicals;

class SyntheticHospitalsTest {

  static List<SyntheticUnit> units() {
    return SyntheticHospitals.units();
  }

  @Test
  void theUnitsCannotBeTakenForRealOnes() {
    assertThat(units())
        .hasSize(3)
        .allSatisfy(
            unit -> {
              assertThat(unit.unit().hsaId()).startsWith("SE0000000000-NET");
              assertThat(unit.name()).endsWith("(syntetiskt)");
              assertThat(unit.organization().getIdentifierFirstRep().getSystem())
                  .isEqualTo(Canonicals.HSA_ID);
            });
  }

  @ParameterizedTest
  @MethodSource("units")
  void aUnitAssessesSixtyToAHundredAndFiftyPatientsAYear(SyntheticUnit unit) {
    Map<String, Set<String>> patients = new TreeMap<>();
    ReadBack.patientsOf(unit)
        .forEach(
            patient ->
                procedures(patient, "net-mdk")
                    .forEach(
                        year ->
                            patients
                                .computeIfAbsent(year, none -> new HashSet<>())
                                .add(patient.id())));
    assertThat(patients.keySet()).startsWith("2022", "2023", "2024", "2025");
    for (String year : List.of("2023", "2024", "2025")) {
      assertThat(patients.get(year)).as(year).hasSizeBetween(60, 150);
    }
  }

  @Test
  void valvesAreOperatedOnAtOneUnitOnly() {
    assertThat(units())
        .filteredOn(
            unit ->
                ReadBack.patientsOf(unit)
                    .anyMatch(patient -> !procedures(patient, "klaffkirurgi").isEmpty()))
        .singleElement()
        .isEqualTo(units().get(0));
  }

  @Test
  void everyFaultOccursWhereItIsATraitAndNowhereElse() {
    SyntheticUnit faulty = units().get(1).withFaults(new FaultRates(.2, .2, .2, .1, .2, .2));
    SyntheticUnit faultless = faulty.withFaults(FaultRates.NONE);
    for (Predicate<ReadBack> fault : FAULTS) {
      assertThat(ReadBack.patientsOf(faulty).anyMatch(fault)).isTrue();
      assertThat(ReadBack.patientsOf(faultless).anyMatch(fault)).isFalse();
    }
  }

  @Test
  void unitsDifferInHowManyOfTheirTreatedPatientsHaveAPlan() {
    List<Double> shares = units().stream().map(SyntheticHospitalsTest::plansPerPatient).toList();
    assertThat(shares.get(0)).isGreaterThan(shares.get(1) + 0.1);
  }

  private static final List<Predicate<ReadBack>> FAULTS =
      List.of(
          patient ->
              !procedures(patient, "net-mdk").isEmpty()
                  && patient.stream(ServiceRequest.class)
                      .noneMatch(r -> r.getCode().getCodingFirstRep().getCode().equals("remiss")),
          patient ->
              patient.stream(ServiceRequest.class)
                  .anyMatch(
                      r ->
                          r.getCode().getCodingFirstRep().getCode().equals("remiss")
                              && !r.hasExtension(
                                  Canonicals.structureDefinition("remiss-registrerad"))),
          patient ->
              patient.stream(Procedure.class)
                  .filter(Procedure::hasPerformedDateTimeType)
                  .anyMatch(p -> p.getPerformedDateTimeType().asStringValue().length() < 10),
          patient ->
              patient.stream(Procedure.class)
                  .anyMatch(
                      p ->
                          p.getCategory().getCodingFirstRep().hasCode()
                              && p.getCategory().getCodingFirstRep().getCode().endsWith("kirurgi")
                              && p.getStatus() == Procedure.ProcedureStatus.COMPLETED
                              && !p.hasEncounter()),
          SyntheticHospitalsTest::isNeverClosed,
          SyntheticHospitalsTest::isReferredAfterConference);

  /** A visit or stay of 2024 that was still in progress in March 2026. */
  private static boolean isNeverClosed(ReadBack patient) {
    return patient.stream(Encounter.class)
        .anyMatch(
            e ->
                e.getStatus() == EncounterStatus.INPROGRESS
                    && e.getPeriod().getStartElement().asStringValue().startsWith("2024"));
  }

  /** Registered by date after the MDK that the referral is the base of. */
  private static boolean isReferredAfterConference(ReadBack patient) {
    return patient.stream(Procedure.class)
        .filter(p -> p.hasBasedOn() && p.hasPerformedDateTimeType())
        .anyMatch(
            p ->
                registered(patient, p.getBasedOnFirstRep().getReference())
                    .anyMatch(day -> day.compareTo(day(p.getPerformedDateTimeType())) > 0));
  }

  private static Stream<String> registered(ReadBack patient, String referral) {
    return patient.stream(ServiceRequest.class)
        .filter(r -> referral.endsWith("/" + r.getIdPart()))
        .flatMap(
            r ->
                r.getExtensionsByUrl(Canonicals.structureDefinition("remiss-registrerad")).stream())
        .map(extension -> day((DateTimeType) extension.getValue()));
  }

  /** The day as text; a month alone stands before its first day. */
  private static String day(DateTimeType date) {
    return (date.asStringValue() + "-00").substring(0, 10);
  }

  private static double plansPerPatient(SyntheticUnit unit) {
    List<ReadBack> patients = ReadBack.patientsOf(unit).toList();
    long plans = patients.stream().flatMap(p -> p.stream(CarePlan.class)).count();
    return (double) plans / patients.size();
  }

  /** The years of the patient's procedures of that kind. */
  private static List<String> procedures(ReadBack patient, String atgard) {
    return patient.stream(Procedure.class)
        .filter(p -> p.hasCategory())
        .filter(p -> p.getCategory().getCodingFirstRep().getCode().equals(atgard))
        .map(SyntheticHospitalsTest::start)
        .map(start -> start.asStringValue().substring(0, 4))
        .toList();
  }

  private static DateTimeType start(Procedure procedure) {
    return procedure.hasPerformedDateTimeType()
        ? procedure.getPerformedDateTimeType()
        : procedure.getPerformedPeriod().getStartElement();
  }
}
