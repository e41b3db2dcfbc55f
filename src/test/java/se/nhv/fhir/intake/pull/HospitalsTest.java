package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.intake.AcceptedTypes;
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
import se.nhv.fhir.store.ResourceStore;

/** Whatever a hospital's server is like, the pull ends in the same care and the same figures. */
@Timeout(180)
class HospitalsTest extends PulledCare {

  private static final Set<String> EVERY_TYPE = Set.copyOf(AcceptedTypes.ALL);

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
}
