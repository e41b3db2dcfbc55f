package se.nhv.fhir.intake.pull;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.catalina.LifecycleException;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.intake.pull.HospitalFaults.Fault;

/** A real HAPI server that is busy, down or cut off again and again gives the same in the end. */
@Timeout(120)
class FaultyHospitalTest extends PulledHospital {

  private static final PullLimits PATIENT =
      new PullLimits(10, 20, Duration.ofSeconds(1), 200_000, 12, Duration.ofMillis(5));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void passingFaultsAreWaitedOutAndALoginPageIsNamed(long seed, @TempDir Path folder)
      throws LifecycleException {
    List<Resource> patients =
        IntStream.range(0, 60).<Resource>mapToObj(it -> patient("p" + it)).toList();
    HospitalFaults faults = new HospitalFaults();
    try (HospitalServer server = new HospitalServer(patients, 10, folder.toString(), faults)) {
      FhirEndpoint endpoint = new FhirEndpoint(server.base(), (String) null, PATIENT);
      Random random = new Random(seed);
      Fault[] passing = {Fault.NONE, Fault.NONE, Fault.BUSY, Fault.DOWN, Fault.CUT};

      faults.script(number -> number % 4 == 2 ? Fault.LOGIN : Fault.NONE);
      PullOutcome cut = pull.pull(UNIT, endpoint, (type, pages, count) -> {});
      assertThat(cut.complete()).isFalse();
      assertThat(cut.gaps()).allSatisfy(it -> assertThat(it).contains("web page"));

      faults.script(number -> passing[random.nextInt(passing.length)]);
      PullOutcome whole = pull.pull(UNIT, endpoint, (type, pages, count) -> {});
      assertThat(whole.gaps()).isEmpty();
      assertThat(store.countSubjects(UNIT.hsaId())).isEqualTo(60);
    }
  }

  private static Resource patient(String id) {
    Patient patient = new Patient();
    patient.setId(id);
    return patient;
  }
}
