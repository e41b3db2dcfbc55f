package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hl7.fhir.r4.model.MeasureReport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.evaluation.EvaluationRequest;
import se.nhv.fhir.evaluation.ReportSubject;
import se.nhv.fhir.evaluation.reference.ReferenceEngine;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.StoredPatients;
import se.nhv.fhir.intake.pull.hospitals.Hospital;
import se.nhv.fhir.intake.pull.hospitals.ScriptedHospital;
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

/** The care of a synthetic unit, what is stored of it after a pull, and what is counted of that. */
abstract class PulledCare {

  static final Content CONTENT = Content.packed();
  static final ReferenceEngine ENGINE = new ReferenceEngine(CONTENT);
  static final Instant OLD = Instant.parse("2026-03-01T00:00:00Z");
  static final SyntheticUnit UNIT = SyntheticHospitals.units().get(1);
  static final List<RawResource> CARE = care();
  static final LocalDate AS_OF = LocalDate.of(2026, 3, 15);
  static final PullRequest ALL = new PullRequest(List.of());
  static final PullLimits LIMITS =
      new PullLimits(20, 500, Duration.ofSeconds(20), 4 << 20, 3, Duration.ofMillis(50))
          .withPace(10_000, 4);

  private final List<MemoryDatabase> databases = new ArrayList<>();

  static Map<String, String> expected = Map.of();
  static List<String> expectedFigures = List.of();

  /** What comes of a pull from a hospital without quirks, and of the whole care. */
  @BeforeAll
  static void expect() {
    PulledCare test = new PulledCare() {};
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

  ResourceStore store() {
    MemoryDatabase database = new MemoryDatabase();
    databases.add(database);
    return database.store();
  }

  /** A store into which the whole care was pushed. */
  ResourceStore whole() {
    ResourceStore store = store();
    Deliveries push = new Deliveries(new StoreIntake(store), UNIT.unit());
    CARE.forEach(it -> push.add(it.toString(), it.json()));
    push.flush();
    assertThat(push.refused()).isEmpty();
    return store;
  }

  static PullOutcome pull(ResourceStore store, Hospital hospital, PullRequest request) {
    return pull(store, hospital, request, LIMITS);
  }

  static PullOutcome pull(
      ResourceStore store, Hospital hospital, PullRequest request, PullLimits limits) {
    return new RequirementsPull(new StoreIntake(store), store, CONTENT)
        .pull(
            UNIT.unit(),
            new FhirEndpoint(hospital.base(), null, limits),
            request,
            (type, pages, resources) -> {});
  }

  static Map<String, String> stored(ResourceStore store) {
    TreeMap<String, String> stored = new TreeMap<>();
    new StoredPatients(store, UNIT.unit())
        .forEachPatient(
            patient -> patient.resources().forEach(it -> stored.put(it.toString(), it.text())));
    store
        .read(new ResourceKey(UNIT.unit().hsaId(), "Organization", UNIT.unit().hsaId()))
        .ifPresent(it -> stored.put("Organization", "there"));
    return stored;
  }

  static List<String> figures(ResourceStore store, int year) {
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
            .map(PulledCare::figures)
            .toList();
  }

  /** All but what tells which data the report rests on. */
  static String figures(MeasureReport report) {
    MeasureReport figures = report.copy();
    figures.getExtension().clear();
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(figures);
  }

  static boolean isPatient(RawResource resource, String id) {
    return resource.type().equals("Patient") && resource.id().equals(id);
  }

  /** Some patients of each area, and one whom no Measure is about. */
  static List<RawResource> care() {
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
