package se.nhv.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import java.util.Objects;
import org.hl7.fhir.r4.model.CodeSystem;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.StoreIntake;
import se.nhv.fhir.intake.mapping.ContractCodes;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.intake.mapping.StoredMappings;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The rooms behind the doors, as the settings say. */
@Configuration(proxyBeanMethods = false)
class RoomsConfiguration {

  private static final int CONNECTIONS = 8;

  /** The one database, closed when the server stops. */
  @Bean
  StoreDatabase storeDatabase(NhvProperties properties) {
    StoreProperties store = properties.store();
    return StoreDatabase.open(
        new StoreSettings(store.url(), store.user(), store.password(), CONNECTIONS));
  }

  @Bean
  ResourceStore intakeStore(StoreDatabase database) {
    return database.intake();
  }

  @Bean
  StoreHealth storeHealthIndicator(ResourceStore intakeStore) {
    return new StoreHealth(intakeStore);
  }

  @Bean
  Intake intake(ResourceStore intakeStore, StoredMappings mappings) {
    return new StoreIntake(intakeStore, mappings);
  }

  /** The units' own mappings; what they may map to is asked when one is handed in. */
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
  Reports reports(StoreDatabase database) {
    return new Reports(database.reports(), FhirContext.forR4Cached());
  }

  @Bean
  Units units(StoreDatabase database) {
    return new Units(database.reports(), FhirContext.forR4Cached());
  }
}
