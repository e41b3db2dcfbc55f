package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Communication;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.Canonicals;

/** What data-contract.md asks of a hospital's data, asked of the synthetic ones. */
class DataContractTest {

  private static final String ATGARD = Canonicals.codeSystem("atgard");
  private static final Set<String> TYPES =
      Set.of(
          "Patient",
          "ServiceRequest",
          "Procedure",
          "Encounter",
          "CarePlan",
          "QuestionnaireResponse",
          "Condition",
          "Observation",
          "DocumentReference",
          "Communication");
  private static final Set<String> AREAS = Set.of("net", "abk", "sct", "bbc");
  private static final List<ReadBack> PATIENTS = ReadBack.all();

  @Test
  void everyResourceIsMarkedAsTestDataAndIsOfATypeOfTheContract() {
    assertThat(resources(Resource.class))
        .allSatisfy(
            resource -> {
              assertThat(TYPES).contains(resource.fhirType());
              assertThat(resource.getMeta().getTag()).extracting(Coding::getCode).contains("HTEST");
            });
    assertThat(resources(Patient.class))
        .allSatisfy(p -> assertThat(p.getNameFirstRep().getFamily()).startsWith("Test"));
  }

  @Test
  void everyReferenceIsToAResourceOfTheSamePatient() {
    for (ReadBack patient : PATIENTS) {
      Set<String> there =
          patient.resources().stream()
              .map(r -> r.fhirType() + "/" + r.getIdPart())
              .collect(Collectors.toSet());
      assertThat(there).hasSameSizeAs(patient.resources());
      assertThat(references(patient)).isSubsetOf(there);
    }
  }

  @Test
  void everyResourceButThePatientRefersToItsPatient() {
    for (ReadBack patient : PATIENTS) {
      patient.resources().stream()
          .filter(resource -> !(resource instanceof Patient))
          .forEach(
              resource ->
                  assertThat(resource.getNamedProperty("subject").getValues())
                      .extracting(value -> ((Reference) value).getReference())
                      .containsExactly("Patient/" + patient.id()));
    }
  }

  @Test
  void noTwoPatientsShareAnIdentifierAndNoneHasOneThatAPersonCouldHave() {
    Set<String> seen = new HashSet<>();
    assertThat(resources(Patient.class))
        .allSatisfy(
            patient -> {
              assertThat(patient.getIdentifier()).hasSize(1);
              assertThat(patient.getIdentifierFirstRep().getSystem()).isEqualTo(Person.IDENTIFIER);
              assertThat(seen.add(patient.getIdentifierFirstRep().getValue())).isTrue();
            });
  }

  @Test
  void everyProcedureOfAKindHasWhatTheMeasuresRead() {
    assertThat(resources(Procedure.class).filter(p -> p.hasCategory()))
        .isNotEmpty()
        .allSatisfy(
            procedure -> {
              assertThat(procedure.getCategory().getCodingFirstRep().getSystem()).isEqualTo(ATGARD);
              assertThat(procedure.getStatus())
                  .isIn(ProcedureStatus.COMPLETED, ProcedureStatus.NOTDONE);
              assertThat(
                      procedure.hasPerformedDateTimeType()
                          || procedure.getPerformedPeriod().hasStart())
                  .isTrue();
              assertThat(procedure.getCode().getCodingFirstRep().getSystem())
                  .isIn(Terminology.KVA, Terminology.ATC);
            });
  }

  @Test
  void aProcedureWithoutAKindIsASeriesThatAdministrationsArePartOf() {
    for (ReadBack patient : PATIENTS) {
      List<String> wholes =
          patient.stream(Procedure.class)
              .flatMap(p -> p.getPartOf().stream())
              .map(Reference::getReference)
              .toList();
      assertThat(patient.stream(Procedure.class).filter(p -> !p.hasCategory()))
          .allSatisfy(series -> assertThat(wholes).contains("Procedure/" + series.getIdPart()));
    }
  }

  @Test
  void requestsAnswersPlansAndStaysHaveWhatTheMeasuresRead() {
    assertThat(resources(ServiceRequest.class))
        .allSatisfy(
            request -> {
              assertThat(AREAS).containsAll(codes(request.getCategory())).isNotEmpty();
              assertThat(request.getCategory()).hasSize(1);
              assertThat(request.getCode().getCodingFirstRep().getCode())
                  .isIn("remiss", "prem-enkat", "prom-enkat");
              assertThat(request.hasAuthoredOn() && request.hasStatus()).isTrue();
            });
    assertThat(resources(QuestionnaireResponse.class))
        .allSatisfy(r -> assertThat(r.hasBasedOn() && r.hasAuthored() && r.hasStatus()).isTrue());
    assertThat(resources(CarePlan.class))
        .allSatisfy(
            plan -> {
              assertThat(codes(plan.getCategory()))
                  .hasSize(2)
                  .contains("individuell-vardplan")
                  .containsAnyElementsOf(AREAS);
              assertThat(plan.hasCreated()).isTrue();
            });
    assertThat(resources(Encounter.class))
        .allSatisfy(e -> assertThat(e.getPeriod().hasStart() && e.hasClass_()).isTrue());
  }

  @Test
  void dischargeSummariesAndTheirSendingsTellTheStay() {
    assertThat(resources(DocumentReference.class))
        .isNotEmpty()
        .allSatisfy(
            summary -> {
              assertThat(codes(List.of(summary.getType()))).containsExactly("18842-5");
              assertThat(summary.hasDate()).isTrue();
              assertThat(summary.getContext().getEncounter()).hasSize(1);
            });
    assertThat(resources(Communication.class))
        .isNotEmpty()
        .allSatisfy(
            sending -> {
              assertThat(codes(sending.getCategory())).containsExactly("epikris-till-remittent");
              assertThat(sending.hasEncounter() && sending.hasSent()).isTrue();
              assertThat(sending.getRecipient()).hasSize(1);
            });
  }

  @Test
  void everyKindOfCareIsThere() {
    Set<String> kinds =
        resources(Procedure.class)
            .filter(Procedure::hasCategory)
            .map(p -> p.getCategory().getCodingFirstRep().getCode())
            .collect(Collectors.toSet());
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "net-mdk",
            "net-kirurgi",
            "binjure-kirurgi",
            "klaffkirurgi",
            "net-radionuklid",
            "feokromocytom-radionuklid",
            "net-medicinsk-behandling",
            "abk-mdk",
            "abk-primaroperation",
            "abk-reoperation",
            "sct-mdk",
            "sct-mobilisering",
            "sct-aterforing",
            "bbc-mdk",
            "bbc-kirurgi",
            "bbc-onkologisk-behandling");
    Set<String> groups =
        resources(Procedure.class)
            .flatMap(p -> codes(p.getReasonCode()).stream())
            .collect(Collectors.toSet());
    assertThat(groups)
        .containsExactlyInAnyOrder(
            "gep-net",
            "chd",
            "chd-klaffkirurgi",
            "binjure",
            "gynekologisk",
            "kolorektal",
            "urologisk",
            "systemisk-skleros",
            "binjurebarkscancer");
  }

  private static <T extends Resource> Stream<T> resources(Class<T> type) {
    return PATIENTS.stream().flatMap(patient -> patient.stream(type));
  }

  private static List<String> codes(List<CodeableConcept> concepts) {
    return concepts.stream().map(concept -> concept.getCodingFirstRep().getCode()).toList();
  }

  private static Set<String> references(ReadBack patient) {
    return patient.resources().stream()
        .flatMap(
            r ->
                FhirContext.forR4Cached()
                    .newTerser()
                    .getAllPopulatedChildElementsOfType(r, Reference.class)
                    .stream())
        .filter(Reference::hasReference)
        .map(Reference::getReference)
        .collect(Collectors.toSet());
  }
}
