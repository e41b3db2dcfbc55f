package se.nhv.fhir.intake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import se.nhv.fhir.content.Content;
import se.nhv.fhir.intake.PatientSource;
import se.nhv.fhir.measure.PatientRecord;
import se.nhv.fhir.synthetic.CareArea;
import se.nhv.fhir.synthetic.CareYears;
import se.nhv.fhir.synthetic.FaultRates;
import se.nhv.fhir.synthetic.Omissions;
import se.nhv.fhir.synthetic.SyntheticCare;
import se.nhv.fhir.synthetic.SyntheticHospitals;
import se.nhv.fhir.synthetic.SyntheticUnit;

/**
 * Synthetic units without faults have no errors, and each way in which they leave something out or
 * write it wrongly is found. A mobilisation that was never written down and a patient who was not
 * seen again are known by their Measures alone, which report them as not counted.
 */
class SyntheticFaultsTest {

  private static final CareYears YEARS = CareYears.NET_2022_TO_2025;
  private static final Content CONTENT = Content.packed();
  private static final DataCheck CHECK = new DataCheck(CONTENT);
  private static final DataRules RULES = DataRules.of(CONTENT);

  @Test
  void unitsWithoutFaultsHaveNoErrorsAndOnlyWarningsOfWhatIsNotDone() {
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      List<Fact> facts = facts(unit.withFaults(FaultRates.NONE));
      assertThat(facts).noneMatch(it -> RULES.of(it.rule()).severity() == Severity.ERROR);
      // Plans in draft, half answered questionnaires, messages in progress; no margin of the dead.
      assertThat(rules(facts)).isSubsetOf("status-raknas-inte", "uppgift-saknas");
    }
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyKindOfFaultIsFound(String name, FaultRates faults, Set<String> expected) {
    Set<String> found = new TreeSet<>();
    for (SyntheticUnit unit : SyntheticHospitals.units()) {
      found.addAll(rules(facts(unit.withFaults(faults))));
    }
    assertThat(found).as(name).containsAll(expected);
  }

  static Stream<Arguments> faults() {
    return Stream.of(
        fault("referral missing", new FaultRates(0.2, 0, 0, 0, 0, 0), "remiss-saknas"),
        fault("not registered", new FaultRates(0, 0.2, 0, 0, 0, 0), "datum-saknas"),
        fault("after the MDK", new FaultRates(0, 0, 0.2, 0, 0, 0), "remiss-efter-atgard"),
        fault("a month only", new FaultRates(0, 0, 0, 0.1, 0, 0), "datum-oprecist"),
        fault("no Encounter", new FaultRates(0, 0, 0, 0, 0.2, 0), "vardtillfalle-saknas"),
        fault("never closed", new FaultRates(0, 0, 0, 0, 0, 0.2), "vardtillfalle-ej-avslutat"),
        omission("no birth date", new Omissions(0.2, 0, 0, 0, 0, 0), "datum-saknas"),
        omission(
            "death not dated",
            new Omissions(0, 1, 0, 0, 0, 0),
            "avliden-utan-datum",
            "datum-oprecist"),
        omission("no region", new Omissions(0, 0, 0.2, 0, 0, 0), "lan-saknas"),
        omission("no answer", new Omissions(0, 0, 0, 0.4, 0, 0), "uppgift-saknas"),
        omission("another stay", new Omissions(0, 0, 0, 0, 0, 1), "utanfor-vardtillfallet"));
  }

  private static Arguments fault(String name, FaultRates faults, String... rules) {
    return Arguments.of(name, faults, Set.of(rules));
  }

  private static Arguments omission(String name, Omissions omissions, String... rules) {
    return Arguments.of(name, new FaultRates(0, 0, 0, 0, 0, 0, omissions), Set.of(rules));
  }

  private static Set<String> rules(List<Fact> facts) {
    Set<String> rules = new TreeSet<>();
    facts.forEach(it -> rules.add(it.rule()));
    return rules;
  }

  /** Of the first patients of each area. */
  private static List<Fact> facts(SyntheticUnit unit) {
    SyntheticCare care = new SyntheticCare(unit, 1, YEARS);
    List<PatientRecord> patients =
        unit.areas().keySet().stream()
            .flatMap((CareArea area) -> care.patients(area).limit(60))
            .map(it -> it.record())
            .toList();
    return CHECK.check(new Patients(patients), LocalDate.of(2026, 3, 15));
  }

  private record Patients(List<PatientRecord> all) implements PatientSource {

    @Override
    public void forEachPatient(Consumer<PatientRecord> consumer) {
      all.forEach(consumer);
    }

    @Override
    public long countPatients() {
      return all.size();
    }

    @Override
    public List<String> gaps() {
      return List.of();
    }
  }
}
