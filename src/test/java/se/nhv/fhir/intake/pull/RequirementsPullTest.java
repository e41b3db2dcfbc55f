package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.MeasureReport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.pull.hospitals.FewParametersHospital;
import se.nhv.fhir.intake.pull.hospitals.FirstOfListHospital;
import se.nhv.fhir.intake.pull.hospitals.FlakyHospital;
import se.nhv.fhir.intake.pull.hospitals.HapiHospital;
import se.nhv.fhir.intake.pull.hospitals.Hospital;
import se.nhv.fhir.intake.pull.hospitals.JpaHospital;
import se.nhv.fhir.intake.pull.hospitals.LiteralListHospital;
import se.nhv.fhir.intake.pull.hospitals.NoIncludeHospital;
import se.nhv.fhir.intake.pull.hospitals.NoLastUpdatedHospital;
import se.nhv.fhir.intake.pull.hospitals.NoListsHospital;
import se.nhv.fhir.intake.pull.hospitals.NoStatementHospital;
import se.nhv.fhir.intake.pull.hospitals.OddPagingHospital;
import se.nhv.fhir.intake.pull.hospitals.ScriptedHospital;
import se.nhv.fhir.intake.pull.hospitals.SlowHospital;
import se.nhv.fhir.measure.RawResource;
import se.nhv.fhir.measure.ReportingYear;
import se.nhv.fhir.run.EvaluationRun;
import se.nhv.fhir.run.OwedMeasures;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/** Whatever a hospital's server is like, the pull ends in the same care and the same figures. */
@Timeout(180)
class RequirementsPullTest {

  private static final Content CONTENT = Content.packed();
  private static final ReferenceEngine ENGINE = new ReferenceEngine(CONTENT);
  private static final Instant OLD = Instant.parse("2026-03-01T00:00:00Z");
  private static final SyntheticUnit UNIT = SyntheticHospitals.units().get(1);
  private static final List<RawResource> CARE = care();
  private static final LocalDate AS_OF = LocalDate.of(2026, 3, 15);
  private static final PullRequest ALL = new PullRequest(List.of());
  private static final PullLimits LIMITS =
      new PullLimits(20, 500, Duration.ofSeconds(20), 4 << 20, 3, Duration.ofMillis(50))
          .withPace(10_000, 4);

  private final List<MemoryDatabase> databases = new ArrayList<>();

  private static final Set<String> EVERY_TYPE = Set.copyOf(AcceptedTypes.ALL);
  private static Map<String, String> expected = Map.of();
  private static List<String> expectedFigures = List.of();

  interface Opening {
    Hospital open(Path folder) throws Exception;
  }

  static Stream<Arguments> hospitals() {
    return Stream.of(
        hospital("HAPI plain", folder -> new HapiHospital(CARE, folder)),
        hospital("HAPI JPA", folder -> new JpaHospital(CARE)),
        hospital("no _include", folder -> new NoIncludeHospital(CARE)),
        hospital("no _lastUpdated", folder -> new NoLastUpdatedHospital(CARE)),
        hospital("subject only", folder -> new FewParametersHospital(CARE)),
        hospital("no lists", folder -> new NoListsHospital(CARE)),
        hospital("first of a list", folder -> new FirstOfListHospital(CARE, 1, EVERY_TYPE)),
        hospital(
            "first of a list of one type",
            folder -> new FirstOfListHospital(CARE, 1, Set.of("Observation"))),
        hospital(
            "first ten of a list of one type",
            folder -> new FirstOfListHospital(CARE, 10, Set.of("Encounter"))),
        hospital("a list as one value", folder -> new LiteralListHospital(CARE)),
        hospital("no CapabilityStatement", folder -> new NoStatementHospital(CARE)),
        hospital("odd paging", folder -> new OddPagingHospital(CARE)),
        hospital("slow", folder -> new SlowHospital(CARE)),
        hospital("flaky", folder -> new FlakyHospital(CARE)));
  }

  private static Arguments hospital(String name, Opening opening) {
    return Arguments.of(name, opening);
  }

  /** What comes of a pull from a hospital without quirks, and of the whole care. */
  @BeforeAll
  static void expect() {
    RequirementsPullTest test = new RequirementsPullTest();
    ResourceStore undisturbed = test.store();
    try (ScriptedHospital hospital = new ScriptedHospital(CARE)) {
      assertThat(pull(undisturbed, hospital, ALL).gaps()).isEmpty();
    }
    expected = stored(undisturbed);
    expectedFigures = figures(test.whole(), 2026);
    test.close();
  }

  @AfterEach
  void close() {
    databases.forEach(MemoryDatabase::close);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hospitals")
  void everyHospitalEndsInTheSameCareAndTheSameReports(
      String name, Opening opening, @TempDir Path folder) throws Exception {
    ResourceStore store = store();
    try (Hospital hospital = opening.open(folder)) {
      PullOutcome outcome = pull(store, hospital, ALL);
      for (int again = 0; again < 40 && !outcome.complete(); again++) {
        outcome = pull(store, hospital, ALL);
      }
      assertThat(outcome.gaps()).isEmpty();
    }
    assertThat(stored(store).keySet()).isEqualTo(expected.keySet());
    assertThat(stored(store)).isEqualTo(expected);
    assertThat(figures(store, 2026)).isEqualTo(expectedFigures);
  }

  @Test
  void lessIsFetchedThanTheHospitalHoldsAndTheSameReportsComeOfIt() {
    ResourceStore store = store();
    try (ScriptedHospital hospital = new ScriptedHospital(CARE)) {
      assertThat(pull(store, hospital, ALL).complete()).isTrue();
      assertThat(hospital.requests).anyMatch(it -> it.contains("date=ge2022-12-31"));
    }
    assertThat(stored(store).size()).isLessThan(stored(whole()).size());
    assertThat(stored(store).keySet()).doesNotContain("Patient/stranger");
    for (int year : List.of(2024, 2025, 2026)) {
      assertThat(figures(store, year)).isEqualTo(figures(whole(), year));
    }
  }

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

  @Test
  void aSourceThatReadsListsIsAskedForManyPatientsAtOnce() {
    try (ScriptedHospital hospital = new ScriptedHospital(CARE)) {
      PullOutcome outcome = pull(store(), hospital, ALL);
      assertThat(outcome.notes()).noneMatch(it -> it.contains("does not read lists"));
      assertThat(hospital.requests.stream().filter(it -> it.contains("/Observation?")))
          .isNotEmpty()
          .allMatch(it -> it.contains(","));
    }
  }

  /** One of each patient. */
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

  @Test
  void manyQueriesRunAtOnceAndTheOutcomeIsAsIfOneRanAfterTheOther() {
    ResourceStore store = store();
    List<String> oneByOne;
    List<String> atOnce;
    try (ScriptedHospital hospital = new FirstOfListHospital(CARE, 1, EVERY_TYPE)) {
      oneByOne = asked(pull(store(), hospital, ALL, LIMITS.withPace(10_000, 1)), hospital);
    }
    CountDownLatch three = new CountDownLatch(3);
    try (ScriptedHospital hospital =
        new FirstOfListHospital(CARE, 1, EVERY_TYPE) {
          @Override
          protected boolean disturb(HttpExchange exchange) {
            String request = exchange.getRequestURI().toString();
            if (request.contains("/Encounter?") && !request.contains(",")) {
              three.countDown();
              try {
                assertThat(three.await(20, TimeUnit.SECONDS)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            }
            return false;
          }
        }) {
      atOnce = asked(pull(store, hospital, ALL, LIMITS.withPace(10_000, 3)), hospital);
    }
    assertThat(three.getCount()).isZero();
    assertThat(atOnce).isEqualTo(oneByOne);
    assertThat(stored(store)).isEqualTo(expected);
  }

  private static List<String> asked(PullOutcome outcome, Hospital hospital) {
    assertThat(outcome.gaps()).isEmpty();
    return outcome.queries().stream()
        .map(it -> it.url().replace(hospital.base().toString(), "") + " " + it.changed())
        .toList();
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

  private ResourceStore store() {
    MemoryDatabase database = new MemoryDatabase();
    databases.add(database);
    return database.store();
  }

  /** A store into which the whole care was pushed. */
  private ResourceStore whole() {
    ResourceStore store = store();
    Deliveries push = new Deliveries(new StoreIntake(store), UNIT.unit());
    CARE.forEach(it -> push.add(it.toString(), it.json()));
    push.flush();
    assertThat(push.refused()).isEmpty();
    return store;
  }

  private static PullOutcome pull(ResourceStore store, Hospital hospital, PullRequest request) {
    return pull(store, hospital, request, LIMITS);
  }

  private static PullOutcome pull(
      ResourceStore store, Hospital hospital, PullRequest request, PullLimits limits) {
    return new RequirementsPull(new StoreIntake(store), store, CONTENT)
        .pull(
            UNIT.unit(),
            new FhirEndpoint(hospital.base(), null, limits),
            request,
            (type, pages, resources) -> {});
  }

  private static Map<String, String> stored(ResourceStore store) {
    TreeMap<String, String> stored = new TreeMap<>();
    new StoredPatients(store, UNIT.unit())
        .forEachPatient(
            patient -> patient.resources().forEach(it -> stored.put(it.toString(), it.text())));
    store
        .read(new ResourceKey(UNIT.unit().hsaId(), "Organization", UNIT.unit().hsaId()))
        .ifPresent(it -> stored.put("Organization", "there"));
    return stored;
  }

  private static List<String> figures(ResourceStore store, int year) {
    EvaluationRequest owed =
        new OwedMeasures(CONTENT)
            .request(
                UNIT.areas().keySet().stream().map(CareArea::area).toList(),
                new ReportingYear(year),
                AS_OF);
    return new EvaluationRun(ENGINE, 2)
            .evaluate(
                new StoredPatients(store, UNIT.unit()),
                owed,
                new ReportSubject(UNIT.unit(), AS_OF, ReportSubject.NO_MAPPING),
                done -> {})
            .reports()
            .stream()
            .map(RequirementsPullTest::figures)
            .toList();
  }

  /** All but what tells which data the report rests on. */
  private static String figures(MeasureReport report) {
    MeasureReport figures = report.copy();
    figures.getExtension().clear();
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(figures);
  }

  private static boolean isPatient(RawResource resource, String id) {
    return resource.type().equals("Patient") && resource.id().equals(id);
  }

  /** Some patients of each area, and one whom no Measure is about. */
  private static List<RawResource> care() {
    SyntheticCare care = new SyntheticCare(UNIT, 20230401, CareYears.NET_2022_TO_2025);
    List<RawResource> resources = new ArrayList<>();
    UNIT.areas().keySet().stream()
        .flatMap(area -> care.patients(area).limit(6))
        .forEach(it -> resources.addAll(it.record().resources()));
    resources.add(
        RawResource.of(
            "Patient", "stranger", "{\"resourceType\":\"Patient\",\"id\":\"stranger\"}"));
    return List.copyOf(resources);
  }
}
