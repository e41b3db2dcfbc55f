package se.nhv.fhir.server.push;

import java.util.ArrayList;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.StoredShelf;
import se.nhv.fhir.store.ResourceStore;

/** What units send. */
@Configuration(proxyBeanMethods = false)
class PushConfiguration {

  @Bean
  Intake intake(ResourceStore intakeStore, StoredMappings mappings, Meters meters) {
    return new CountedIntake(new StoreIntake(intakeStore, mappings), meters);
  }

  @Bean
  @Order(1)
  DoorPart carePart(ResourceStore intakeStore, Intake intake, Meters meters) {
    List<Object> providers = new ArrayList<>();
    List<DoorType> types = new ArrayList<>();
    for (String type : AcceptedTypes.ALL) {
      StoredShelf shelf =
          new StoredShelf(
              intakeStore, type, Partitions::care, List.of(SearchParameter.identifier()));
      providers.add(new IntakeProvider(intake, shelf));
      types.add(DoorType.written(shelf, IntakeProvider.ORIGINAL));
    }
    providers.add(new BundleProvider(intake, new Placeholders(intakeStore), meters));
    return new DoorPart(Door.INTAKE, providers, types, List.of());
  }
}
