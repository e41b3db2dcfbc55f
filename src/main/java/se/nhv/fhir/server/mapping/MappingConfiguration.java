package se.nhv.fhir.server.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeSystem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.ConformanceResources;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.DoorPart;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.SearchParameter;
import se.nhv.fhir.server.door.StoredShelf;
import se.nhv.fhir.server.settings.AccessProperties;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.store.ResourceStore;

/** The units' own mappings, and what the intake door does with them. */
@Configuration(proxyBeanMethods = false)
class MappingConfiguration {

  /** What may be mapped to is asked when a mapping is handed in. */
  @Bean
  StoredMappings storedMappings(
      ResourceStore intakeStore, ObjectProvider<ConformanceResources> conformance) {
    return new StoredMappings(intakeStore, () -> contractCodes(conformance.getObject()));
  }

  static ContractCodes contractCodes(ConformanceResources conformance) {
    return new ContractCodes(
        conformance.ofType("CodeSystem").stream().map(CodeSystem.class::cast).toList());
  }

  @Bean
  Remappings remappings(ResourceStore intakeStore, StoredMappings mappings, Intake intake) {
    return new Remappings(new Remapping(intakeStore, mappings, intake));
  }

  /** What was interrupted is gone on with. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> remappingResumer(
      Remappings remappings, NhvProperties properties) {
    return ready ->
        properties.access().tokens().stream()
            .map(AccessProperties.Token::unit)
            .filter(Objects::nonNull)
            .distinct()
            .forEach(unit -> remappings.goOn(new Unit(unit)));
  }

  @Bean
  @Order(3)
  DoorPart mappingPart(
      ResourceStore intakeStore,
      StoredMappings mappings,
      Remappings remappings,
      ConformanceResources conformance) {
    List<Object> providers = new ArrayList<>();
    List<DoorType> types = new ArrayList<>();
    for (String type : StoredMappings.TYPES) {
      StoredShelf shelf =
          new StoredShelf(
              intakeStore, type, Partitions::mapping, List.of(SearchParameter.identifier()));
      providers.add(new MappingProvider(mappings, remappings, shelf));
      types.add(DoorType.kept(shelf));
    }
    providers.add(new MappingOperations(intakeStore, mappings, conformance));
    return new DoorPart(
            Door.INTAKE,
            providers,
            types,
            List.of(MappingOperations.MAP, MappingOperations.UNMAPPED))
        .failing(new MappingFailures());
  }
}
