package se.nhv.fhir.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import se.nhv.fhir.intake.MemoryDatabase;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.MappingResource;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.measure.Unit;

class RemappingAnswerTest {

  private static final Unit UNIT = new Unit("SE0000000000-A");
  private static final String CONCEPT_MAP =
      """
      {"resourceType":"ConceptMap","id":"m","status":"active","group":[
        {"source":"urn:local","target":"http://loinc.org"}]}""";

  @Test
  void reportsWaitWithWhenToAskAgainUntilAllIsMapped() {
    try (MemoryDatabase database = new MemoryDatabase()) {
      StoredMappings mappings =
          new StoredMappings(database.store(), () -> new ContractCodes(List.of()));
      StoreIntake intake = new StoreIntake(database.store(), mappings);
      byte[] json = CONCEPT_MAP.getBytes(StandardCharsets.UTF_8);
      mappings.put(UNIT, MappingResource.of("ConceptMap/m", json), null);

      Throwable refused = catchThrowable(() -> mappings.settledVersion(UNIT));
      BaseServerResponseException answer =
          Objects.requireNonNull(new MappingFailures().to(refused));
      assertThat(answer.getStatusCode()).isEqualTo(503);
      assertThat(answer.getResponseHeaders()).containsKey("Retry-After");
      assertThat(answer.getMessage()).contains("resources so far");

      try (Remappings remappings =
          new Remappings(new Remapping(database.store(), mappings, intake))) {
        assertThat(remappings.begin(UNIT)).isTrue();
      }
      assertThat(mappings.settledVersion(UNIT)).isPresent();
    }
  }
}
