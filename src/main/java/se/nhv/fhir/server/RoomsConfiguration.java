package se.nhv.fhir.server;

import ca.uhn.fhir.context.FhirContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import se.nhv.fhir.reporting.Reports;
import se.nhv.fhir.reporting.Units;
import se.nhv.fhir.server.settings.NhvProperties;
import se.nhv.fhir.server.settings.StoreProperties;
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
  Reports reports(StoreDatabase database) {
    return new Reports(database.reports(), FhirContext.forR4Cached());
  }

  @Bean
  Units units(StoreDatabase database) {
    return new Units(database.reports(), FhirContext.forR4Cached());
  }
}
