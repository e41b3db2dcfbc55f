package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.pull.hospitals.FirstOfListHospital;
import se.nhv.fhir.intake.pull.hospitals.ScriptedHospital;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.store.ResourceStore;

/** A pull, and the pull after it. */
@Timeout(180)
class RequirementsPullTest extends PulledCare {

  private static final Set<String> EVERY_TYPE = Set.copyOf(AcceptedTypes.ALL);

  @Test
  void aSecondPullAsksOnlyForChangesAndFindsNewPatientsWithAllTheirData() {
    List<RawResource> late =
        CARE.stream()
            .filter(it -> it.text().contains("Patient/abk1\"") || isPatient(it, "abk1"))
            .toList();
    List<RawResource> before = CARE.stream().filter(it -> !late.contains(it)).toList();
    assertThat(late).hasSizeGreaterThan(2);
    ResourceStore store = store();
    try (ScriptedHospital hospital = new ScriptedHospital(before)) {
      assertThat(pull(store, hospital, ALL).complete()).isTrue();
      int asked = hospital.requests.size();
      late.forEach(it -> hospital.put(it, it.type().equals("Procedure") ? Instant.now() : OLD));

      PullOutcome second = pull(store, hospital, ALL);

      assertThat(second.gaps()).isEmpty();
      assertThat(second.notes()).anyMatch(it -> it.startsWith("changes since"));
      assertThat(hospital.requests.subList(asked, hospital.requests.size()))
          .filteredOn(it -> it.contains("category=") && !it.contains("patient="))
          .isNotEmpty()
          .allMatch(it -> it.contains("_lastUpdated=ge"));
    }
    assertThat(figures(store, 2026)).isEqualTo(expectedFigures);
  }

  /** Of all types, and of one that no patient is found by. */
  static Stream<Arguments> misreadTypes() {
    return Stream.of(Arguments.of(EVERY_TYPE), Arguments.of(Set.of("Observation")));
  }

  @ParameterizedTest
  @MethodSource("misreadTypes")
  void aSecondPullMissesNothingOfASourceThatReadsOnlyTheFirstOfAList(Set<String> types) {
    ResourceStore store = store();
    List<RawResource> changes = changedObservations();
    try (ScriptedHospital hospital = new FirstOfListHospital(CARE, 1, types)) {
      assertThat(pull(store, hospital, ALL).gaps()).isEmpty();
      changes.forEach(it -> hospital.put(it, Instant.now()));
      PullOutcome second = pull(store, hospital, ALL);
      assertThat(second.gaps()).isEmpty();
      assertThat(second.notes())
          .anyMatch(it -> it.startsWith("changes since"))
          .anyMatch(it -> it.contains("does not read lists"));
    }
    assertThat(stored(store)).hasSize(expected.size());
    for (RawResource change : changes) {
      assertThat(stored(store).get(change.toString())).contains("\"amended\"");
    }
  }

  private static List<RawResource> changedObservations() {
    Map<String, RawResource> changed = new TreeMap<>();
    CARE.stream()
        .filter(it -> it.type().equals("Observation"))
        .forEach(
            it ->
                changed.put(
                    it.text().replaceFirst("(?s).*(Patient/[a-z0-9-]+).*", "$1"),
                    RawResource.of(
                        it.type(), it.id(), it.text().replace("\"final\"", "\"amended\""))));
    assertThat(changed).hasSizeGreaterThan(2);
    return List.copyOf(changed.values());
  }

  @Test
  void aResourceThatLosesItsCodeAtTheSourceIsNoLongerCounted() {
    RawResource mdk =
        CARE.stream().filter(it -> it.text().contains("\"net-mdk\"")).findFirst().orElseThrow();
    RawResource changed =
        RawResource.of(mdk.type(), mdk.id(), mdk.text().replace("\"net-mdk\"", "\"other\""));
    ResourceStore store = store();
    try (ScriptedHospital hospital = new ScriptedHospital(CARE)) {
      pull(store, hospital, ALL);
      hospital.put(changed, Instant.now());
      assertThat(pull(store, hospital, ALL).complete()).isTrue();
    }
    assertThat(stored(store).get(mdk.toString())).contains("\"other\"");
  }

  @Test
  void whatIsGoneAtTheSourceIsDeletedByTheNextFullPullAndWhatWasPushedStays() {
    ResourceStore store = store();
    RawResource gone =
        CARE.stream().filter(it -> it.text().contains("\"net-mdk\"")).findFirst().orElseThrow();
    RawResource pushed =
        RawResource.of(
            gone.type(), "pushed", gone.text().replace("\"" + gone.id() + "\"", "\"pushed\""));
    Deliveries push = new Deliveries(new StoreIntake(store), UNIT.unit());
    push.add("pushed", pushed.json());
    push.flush();
    try (ScriptedHospital hospital = new ScriptedHospital(CARE)) {
      pull(store, hospital, ALL);
      hospital.delete(gone.type(), gone.id());
      assertThat(pull(store, hospital, ALL).deleted()).isZero();
      assertThat(stored(store)).containsKey(gone.toString());

      assertThat(pull(store, hospital, ALL.inFull()).deleted()).isEqualTo(1);
    }
    assertThat(stored(store)).doesNotContainKey(gone.toString()).containsKey("Procedure/pushed");
  }

  @Test
  void nothingIsDeletedOfATypeWhoseQueriesDidNotAllComeToTheirEnd() {
    ResourceStore store = store();
    RawResource gone =
        CARE.stream().filter(it -> it.text().contains("\"net-mdk\"")).findFirst().orElseThrow();
    try (BreakingHospital hospital = new BreakingHospital()) {
      pull(store, hospital, ALL);
      hospital.delete(gone.type(), gone.id());
      hospital.broken = "Procedure";
      PullOutcome outcome = pull(store, hospital, ALL.inFull());

      assertThat(outcome.complete()).isFalse();
      assertThat(outcome.gaps())
          .anyMatch(it -> it.startsWith("Procedure from ") && it.contains("NETB1-2.0.0"))
          .noneMatch(it -> it.contains("abk1"));
      assertThat(stored(store)).containsKey(gone.toString());
    }
  }

  @Test
  void aPullThatBrokeOffIsTakenUpWhereItWasAndEndsInTheSameStore() {
    ResourceStore undisturbed = store();
    ResourceStore store = store();
    try (BreakingHospital hospital = new BreakingHospital()) {
      pull(undisturbed, hospital, ALL);
      hospital.requests.clear();
      hospital.broken = "CarePlan";
      assertThat(pull(store, hospital, ALL).complete()).isFalse();
      hospital.broken = "";
      hospital.requests.clear();

      PullOutcome again = pull(store, hospital, ALL);

      assertThat(again.complete()).isTrue();
      assertThat(again.notes()).anyMatch(it -> it.startsWith("takes up"));
      assertThat(hospital.requests)
          .allMatch(it -> it.contains("metadata") || it.contains("CarePlan"));
    }
    assertThat(stored(store)).isEqualTo(stored(undisturbed));
  }

  @Test
  void aTypeThatTheSourceDoesNotOfferIsAGapThatNamesTheMeasures() {
    try (ScriptedHospital hospital =
        new ScriptedHospital(CARE) {
          @Override
          protected boolean offers(String type) {
            return !type.equals("CarePlan");
          }
        }) {
      assertThat(pull(store(), hospital, ALL).gaps())
          .singleElement()
          .asString()
          .startsWith("CarePlan from ")
          .contains("NETO1-2.0.0", "SCTO1-1.0.0")
          .doesNotContain("NETB1");
    }
  }

  @Test
  void aFailedQueryOfUnknownMeasuresIsGivenThoseThatNeedItsType() {
    RequirementsPull pull = new RequirementsPull(new StoreIntake(store()), store(), CONTENT);
    PullOutcome outcome =
        new PullOutcome(UNIT.unit(), List.of(query("CarePlan", "gone"), query("Procedure", null)))
            .touching(type -> pull.measuresThatNeed(type, List.of()));

    assertThat(outcome.gaps())
        .singleElement()
        .asString()
        .contains("NETO1-2.0.0", "SCTO1-1.0.0")
        .doesNotContain("NETB1");
    assertThat(outcome.queries().get(1).measures()).isEmpty();
    assertThat(pull.measuresThatNeed("$export", List.of()))
        .hasSize(CONTENT.measures().size())
        .containsAll(pull.measuresThatNeed("Procedure", List.of()));
  }

  private static PullOutcome.Query query(String type, @Nullable String failure) {
    return new PullOutcome.Query(
        type, "https://h/" + type, 0, 0, 0, 0, List.of(), List.of(), failure);
  }

  /** Fails for one type as long as it is told to. */
  private static final class BreakingHospital extends ScriptedHospital {
    private volatile String broken = "";

    BreakingHospital() {
      super(CARE);
    }

    @Override
    protected boolean disturb(HttpExchange exchange) throws IOException {
      String path = exchange.getRequestURI().getPath();
      if (broken.isEmpty() || !path.endsWith("/" + broken)) {
        return false;
      }
      exchange.sendResponseHeaders(500, -1);
      return true;
    }
  }
}
