package se.nhv.fhir.intake.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hl7.fhir.r4.model.Resource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import se.nhv.fhir.measure.SystemCode;

/** Whatever relation the ConceptMaps are, chains and circles among them. */
class MappingPropertiesTest {

  private static final int TRIALS = 200;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void mappingIsIdempotentAndDoesNotDependOnTheOrderOfMaps(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < TRIALS; trial++) {
      List<MappingResource> maps = maps(random);
      Resource before = HospitalMapping.parse(resource(random));
      UnitMapping mapping = UnitMapping.of(maps);
      Resource after = mapping.apply(before);
      assertThat(mapping.apply(after)).as("%s", trial).isSameAs(after);
      Collections.shuffle(maps, random);
      UnitMapping shuffled = UnitMapping.of(maps);
      assertThat(HospitalMapping.text(shuffled.apply(before)))
          .isEqualTo(HospitalMapping.text(after));
      assertThat(shuffled.version()).isEqualTo(mapping.version());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5})
  void whatASourceIsAskedForIsEveryCodeThatIsMappedThere(long seed) {
    Random random = new Random(seed);
    for (int trial = 0; trial < TRIALS; trial++) {
      UnitMapping mapping = UnitMapping.of(maps(random));
      for (int target = 0; target < 12; target++) {
        SystemCode wanted = new SystemCode("urn:s" + target / 3, "c" + target % 3);
        List<SystemCode> found =
            IntStream.range(0, 12)
                .mapToObj(it -> new SystemCode("urn:s" + it / 3, "c" + it % 3))
                .filter(it -> !it.equals(wanted) && becomes(mapping, it, wanted))
                .sorted()
                .toList();
        assertThat(mapping.sourceCodes("Procedure", wanted.system(), wanted.code()).orElseThrow())
            .filteredOn(it -> !it.equals(wanted))
            .containsExactlyElementsOf(found);
      }
    }
  }

  private static boolean becomes(UnitMapping mapping, SystemCode from, SystemCode to) {
    String json =
        """
        {"resourceType":"Procedure","id":"1","status":"completed","code":{"coding":[
          {"system":"%s","code":"%s"}]},"subject":{"reference":"Patient/p"}}"""
            .formatted(from.system(), from.code());
    String after = HospitalMapping.text(mapping.apply(HospitalMapping.parse(json)));
    return after.contains("{\"code\":\"" + to.code() + "\",\"system\":\"" + to.system() + "\"}");
  }

  private static List<MappingResource> maps(Random random) {
    List<MappingResource> maps = new ArrayList<>();
    for (int m = 0; m < 3; m++) {
      String groups =
          IntStream.range(0, 2)
              .mapToObj(
                  g ->
                      "{\"source\":\"urn:s%d\",\"target\":\"urn:s%d\",\"element\":[%s,%s]}"
                          .formatted(
                              random.nextInt(4),
                              random.nextInt(4),
                              element(random),
                              element(random)))
              .collect(Collectors.joining(","));
      maps.add(HospitalMapping.conceptMap("m" + m, groups));
    }
    return maps;
  }

  private static String element(Random random) {
    return "{\"code\":\"c%d\",\"target\":[{\"code\":\"c%d\",\"equivalence\":\"%s\"}]}"
        .formatted(
            random.nextInt(3), random.nextInt(3), random.nextInt(5) == 0 ? "wider" : "equal");
  }

  private static String resource(Random random) {
    return """
    {"resourceType":"Encounter","id":"1","status":"finished","class":%s,
     "type":[{"coding":[%s,%s]},{"coding":[%s]}],
     "extension":[{"url":"urn:e","valueCoding":%s}],"subject":{"reference":"Patient/p"}}"""
        .formatted(coding(random), coding(random), coding(random), coding(random), coding(random));
  }

  private static String coding(Random random) {
    return "{\"system\":\"urn:s%d\",\"code\":\"c%d\"}"
        .formatted(random.nextInt(4), random.nextInt(3));
  }
}
