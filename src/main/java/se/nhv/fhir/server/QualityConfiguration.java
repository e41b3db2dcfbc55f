package se.nhv.fhir.server;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.store.ResourceStore;

/** What the intake door says of errors in a unit's data. */
@Configuration(proxyBeanMethods = false)
class QualityConfiguration {

  @Bean
  @Order(5)
  DoorPart qualityPart(ResourceStore intakeStore, DataQuality quality, Clock clock) {
    FactShelf facts = new FactShelf(intakeStore);
    return new DoorPart(
        List.of(new VersionedProvider(facts), new QualityProvider(quality, clock)),
        List.of(DoorType.versioned(facts)),
        List.of(DoorStatements.quality()));
  }
}
