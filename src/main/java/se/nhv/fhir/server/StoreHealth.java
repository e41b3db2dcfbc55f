package se.nhv.fhir.server;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;

/** Whether the store answers; readiness depends on it. */
record StoreHealth(ResourceStore store) implements HealthIndicator {

  private static final ResourceKey NOBODY = new ResourceKey("health", "Organization", "none");

  @Override
  public Health health() {
    try {
      store.read(NOBODY);
      return Health.up().build();
    } catch (DataAccessException | TransactionException e) {
      return Health.down().build();
    }
  }
}
