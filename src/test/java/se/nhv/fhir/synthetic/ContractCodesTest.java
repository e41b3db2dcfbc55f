package se.nhv.fhir.synthetic;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.ProfileFiles;
import se.nhv.fhir.measure.Canonicals;

/** Codes and answers of synthetic data are those of the data contract. */
class ContractCodesTest {

  private static final Map<String, Set<String>> ANSWERS =
      Map.of(
          "resektionsstatus", Set.of("r0", "r1", "r2", "rx"),
          "behandlingsintention", Set.of("kurativ", "palliativ"),
          "r0-mojlig", Set.of("boolean"),
          "sct-beslut", Set.of("erbjuden", "ej-erbjuden"),
          "transplantationsrelaterad-dod", Set.of("boolean"),
          "lvef", Set.of("%"),
          "po2-vila-utan-syrgas", Set.of("kPa"),
          "pco2-vila-utan-syrgas", Set.of("kPa"),
          "p-mitotan", Set.of("mg/L"));
  private static final List<ReadBack> PATIENTS = ReadBack.all();

  @Test
  void everyCodeOfOursIsInItsCodeSystem() {
    Map<String, Set<String>> known =
        ProfileFiles.read(CodeSystem.class).stream()
            .collect(
                Collectors.toMap(
                    CodeSystem::getUrl,
                    system ->
                        system.getConcept().stream()
                            .map(concept -> concept.getCode())
                            .collect(Collectors.toSet())));
    Set<String> systems = new HashSet<>();
    PATIENTS.stream()
        .flatMap(patient -> patient.resources().stream())
        .flatMap(
            resource ->
                FhirContext.forR4Cached()
                    .newTerser()
                    .getAllPopulatedChildElementsOfType(resource, Coding.class)
                    .stream())
        .filter(coding -> coding.getSystem().startsWith(Canonicals.ROOT))
        .forEach(
            coding -> {
              systems.add(coding.getSystem());
              assertThat(known.get(coding.getSystem())).contains(coding.getCode());
            });
    assertThat(systems)
        .contains(
            Canonicals.codeSystem("organskada"),
            Canonicals.codeSystem("svar"),
            Canonicals.codeSystem("overrapportering"));
  }

  @Test
  void observationsAnswerInTheWayThatTheirCodeAsksFor() {
    assertThat(observations())
        .allSatisfy(
            observation -> {
              assertThat(observation.hasEffectiveDateTimeType()).isTrue();
              assertThat(answer(observation))
                  .isIn(ANSWERS.get(observation.getCode().getCodingFirstRep().getCode()));
            });
    assertThat(observations().map(o -> o.getCode().getCodingFirstRep().getCode()))
        .containsAll(ANSWERS.keySet());
  }

  private static Stream<Observation> observations() {
    return PATIENTS.stream().flatMap(patient -> patient.stream(Observation.class));
  }

  /** The code of a coded answer, the unit of a measured one, or the type. */
  private static String answer(Observation observation) {
    if (observation.hasValueQuantity()) {
      assertThat(observation.getValueQuantity().hasComparator()).isFalse();
      return observation.getValueQuantity().getCode();
    }
    return observation.hasValueCodeableConcept()
        ? observation.getValueCodeableConcept().getCodingFirstRep().getCode()
        : observation.getValue().fhirType();
  }
}
