package se.nhv.fhir.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.VersionConflictException;

class StoreIntakeTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final Unit OTHER = new Unit("SE0000000000-B");
  private static final String SYSTEM = "http://electronichealth.se/identifier/personnummer";

  private final ResourceStore store = new InMemoryStore();
  private final Intake intake = new StoreIntake(store);

  @Test
  void theSamePushTwiceHasOneEffect() {
    assertThat(effect(update(patient("1")))).isEqualTo(Applied.Effect.CREATED);
    assertThat(effect(update(patient("1")))).isEqualTo(Applied.Effect.UNCHANGED);
    assertThat(store.history(key(UNIT, "Patient", "1"))).hasSize(1);
  }

  @Test
  void twoUnitsPatientWithOneIdAreTwoPatients() {
    intake.deliver(UNIT, List.of(update(patient("1"))));
    intake.deliver(OTHER, List.of(update(patient("1"))));
    assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(1);
    assertThat(store.countSubjects(OTHER.hsaId())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Patient/1", "Patient/1/_history/2", "https://host:8443/a/fhir/Patient/1"})
  void aReferenceToThePatientMayBeRelativeOrAbsolute(String reference) {
    intake.deliver(UNIT, List.of(update(patient("1")), update(procedure("p", reference))));
    List<Integer> counts = new ArrayList<>();
    store.forEachSubject(UNIT.hsaId(), (subject, versions) -> counts.add(versions.size()));
    assertThat(counts).containsExactly(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Group/1", "#p", "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", "1"})
  void aResourceOfNoPatientIsRefusedWithElementAndRemedy(String reference) {
    List<Refusal> refusals = refused(update(patient("1")), update(procedure("p", reference)));
    assertThat(refusals)
        .anySatisfy(
            it -> {
              assertThat(it.index()).isEqualTo(1);
              assertThat(it.element()).isEqualTo("Procedure.subject");
              assertThat(it.remedy()).contains("Patient/");
            });
    assertThat(store.countSubjects(UNIT.hsaId())).isZero();
  }

  @Test
  void aPlaceholderReferenceThatIsLeftIsRefusedWhereverItStands() {
    Procedure procedure = procedure("p", "Patient/1");
    procedure.addPartOf().setReference("urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0");
    assertThat(refused(update(procedure)))
        .singleElement()
        .extracting(Refusal::element)
        .isEqualTo("Procedure.partOf");
  }

  @Test
  void anOrganizationNeedsNoPatient() {
    assertThat(effect(update(parse("{\"resourceType\":\"Organization\",\"id\":\"o\"}"))))
        .isEqualTo(Applied.Effect.CREATED);
  }

  @Test
  void otherTypesAndMissingIdsAreRefusedAllAtOnce() {
    List<Refusal> refusals =
        refused(
            update(parse("{\"resourceType\":\"Medication\",\"id\":\"m\"}")),
            update(new Patient()),
            new Delivery.Deletion("Patient", "no such id!", null));
    assertThat(refusals).extracting(Refusal::index).containsExactly(0, 1, 2);
    assertThat(refusals.get(0).remedy()).contains("Procedure");
  }

  @Test
  void aConditionalCreateOfWhatIsThereAnswersWithIt() {
    Patient known = patient("1");
    known.addIdentifier().setSystem(SYSTEM).setValue("X");
    intake.deliver(UNIT, List.of(update(known)));

    Applied applied = intake.deliver(UNIT, List.of(create("X"))).get(0);

    assertThat(applied.key().id()).isEqualTo("1");
    assertThat(applied.effect()).isEqualTo(Applied.Effect.UNCHANGED);
    assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(1);
  }

  @Test
  void aConditionalCreateThatMatchesSeveralIsRefusedAsSuch() {
    for (String id : List.of("1", "2")) {
      Patient known = patient(id);
      known.addIdentifier().setSystem(SYSTEM).setValue("X");
      intake.deliver(UNIT, List.of(update(known)));
    }
    assertThatThrownBy(() -> intake.deliver(UNIT, List.of(create("X"))))
        .isInstanceOf(SeveralMatchesException.class);
  }

  @Test
  void equalConditionalCreatesHaveOneEffectInOneBatchAndAtOnce() throws Exception {
    List<Applied> both = intake.deliver(UNIT, List.of(create("X"), create("X")));
    assertThat(both)
        .extracting(Applied::effect)
        .containsExactly(Applied.Effect.CREATED, Applied.Effect.UNCHANGED);

    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      Callable<Applied> push = () -> intake.deliver(UNIT, List.of(create("Y"))).get(0);
      List<Applied> answers = new ArrayList<>();
      for (Future<Applied> future : threads.invokeAll(java.util.Collections.nCopies(16, push))) {
        answers.add(future.get());
      }
      assertThat(answers).filteredOn(it -> it.effect() == Applied.Effect.CREATED).hasSize(1);
      assertThat(answers).extracting(Applied::key).containsOnly(answers.get(0).key());
    } finally {
      threads.shutdown();
    }
    assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(2);
  }

  @Test
  void whatWasCreatedAndDeletedCanBeCreatedAgain() {
    Applied first = intake.deliver(UNIT, List.of(create("X"))).get(0);
    effect(new Delivery.Deletion("Patient", first.key().id(), null));
    assertThat(effect(create("X"))).isEqualTo(Applied.Effect.CREATED);
  }

  @Test
  void aConditionalCreateMustCarryItsIdentifier() {
    assertThat(refused(new Delivery.CreateIfNoneExist(new Patient(), SYSTEM, "X")))
        .singleElement()
        .extracting(Refusal::element)
        .isEqualTo("Patient.identifier");
  }

  @Test
  void aStaleVersionIsAConflictAndNothingIsStored() {
    intake.deliver(UNIT, List.of(update(patient("1"))));
    assertThatThrownBy(
            () ->
                intake.deliver(
                    UNIT, List.of(update(patient("2")), new Delivery.Update(patient("1"), 7L))))
        .isInstanceOf(VersionConflictException.class);
    assertThat(store.read(key(UNIT, "Patient", "2"))).isEmpty();
  }

  private Applied.Effect effect(Delivery delivery) {
    return intake.deliver(UNIT, List.of(delivery)).get(0).effect();
  }

  private List<Refusal> refused(Delivery... deliveries) {
    DeliveryRefusedException refused =
        catchThrowableOfType(
            DeliveryRefusedException.class, () -> intake.deliver(UNIT, List.of(deliveries)));
    assertThat(refused).isNotNull();
    return refused.refusals();
  }

  private static Delivery update(Resource resource) {
    return new Delivery.Update(resource, null);
  }

  private static Delivery create(String value) {
    Patient patient = new Patient();
    patient.addIdentifier().setSystem(SYSTEM).setValue(value);
    return new Delivery.CreateIfNoneExist(patient, SYSTEM, value);
  }

  private static Patient patient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    return patient;
  }

  private static Procedure procedure(String id, String subject) {
    Procedure procedure = new Procedure();
    procedure.setId(id);
    procedure.getSubject().setReference(subject);
    return procedure;
  }

  private static Resource parse(String json) {
    return StrictJson.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static ResourceKey key(Unit unit, String type, String id) {
    return new ResourceKey(unit.hsaId(), type, id);
  }
}
