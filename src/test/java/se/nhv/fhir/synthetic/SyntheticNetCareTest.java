package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.WeakReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.measure.RawResource;

class SyntheticNetCareTest {

  private static final SyntheticUnit UNIT = SyntheticHospitals.units().get(0);

  @Test
  void theSameSeedGivesTheSameBytes() {
    assertThat(hash(UNIT, 7)).isEqualTo(hash(UNIT, 7));
  }

  @Test
  void anotherSeedOrUnitGivesOtherPatients() {
    assertThat(hash(UNIT, 7))
        .isNotEqualTo(hash(UNIT, 8))
        .isNotEqualTo(hash(SyntheticHospitals.units().get(1), 7));
  }

  @Test
  void theBytesDependNeitherOnTheLocaleNorOnTheTimeZone() {
    String here = hash(UNIT, 7);
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      assertThat(hash(UNIT, 7)).isEqualTo(here);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }

  @Test
  void aPatientIsTheSameAloneAndInParallelAndAmongMore() {
    SyntheticNetCare care = ReadBack.care(UNIT);
    String alone = text(care.patient(40));
    List<String> together = care.patients(60).parallel().map(SyntheticNetCareTest::text).toList();
    assertThat(together.get(39)).isEqualTo(alone);
  }

  @Test
  void aMillionPatientsAreMadeOneByOneAndLetGo() throws InterruptedException {
    Iterator<SyntheticPatient> million = ReadBack.care(UNIT).patients(1_000_000).iterator();
    List<WeakReference<SyntheticPatient>> seen = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      seen.add(new WeakReference<>(million.next()));
    }
    assertThat(million.next().id()).isEqualTo("p1001");
    for (int wait = 0; wait < 50 && held(seen) > 10; wait++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(held(seen)).isLessThanOrEqualTo(10);
  }

  @Test
  void theMillionthPatientNeedsNoneBeforeIt() {
    assertThat(ReadBack.of(ReadBack.care(UNIT).patient(1_000_000).record()).id())
        .isEqualTo("p1000000");
  }

  private static String text(SyntheticPatient patient) {
    return patient.record().resources().stream()
        .map(RawResource::text)
        .collect(Collectors.joining());
  }

  private static long held(List<WeakReference<SyntheticPatient>> seen) {
    return seen.stream().filter(reference -> reference.get() != null).count();
  }

  private static String hash(SyntheticUnit unit, long seed) {
    SyntheticNetCare care = new SyntheticNetCare(unit, seed, CareYears.NET_2022_TO_2025);
    MessageDigest digest = sha256();
    IntStream.rangeClosed(1, 100)
        .mapToObj(care::patient)
        .flatMap(patient -> patient.record().resources().stream())
        .map(RawResource::json)
        .forEach(digest::update);
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
