package se.nhv.fhir.server.quality;

import java.time.Clock;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.quality.Quality;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.StoredShelf;
import se.nhv.fhir.server.door.VersionedProvider;
import se.nhv.fhir.store.ResourceStore;

/** What the intake door says of errors in a unit's data. */
@Configuration(proxyBeanMethods = false)
class QualityConfiguration {

  private static final List<SearchParameter> PARAMETERS =
      List.of(
          new SearchParameter(
              "code", SearchParameter.Kind.CODE, "A rule, by its code in the code system datafel."),
          new SearchParameter(
              "severity", SearchParameter.Kind.CODE, "high (an error) or moderate (a warning)."),
          SearchParameter.reference("patient", "Patient", "Patient/ and an id, or the id alone."),
          new SearchParameter(
              "implicated", SearchParameter.Kind.REFERENCE, "The resource at fault, as Type/id."));

  @Bean
  @Order(5)
  DoorPart qualityPart(ResourceStore intakeStore, DataQuality quality, Clock clock) {
    StoredShelf facts = new StoredShelf(intakeStore, Quality.TYPE, Partitions::quality, PARAMETERS);
    return new DoorPart(
            Door.INTAKE,
            List.of(new VersionedProvider(facts), new QualityProvider(quality, clock)),
            List.of(DoorType.versioned(facts)),
            List.of(QualityProvider.QUALITY))
        .answering(QualityProvider.CSV);
  }
}
