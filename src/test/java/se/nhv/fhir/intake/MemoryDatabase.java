package se.nhv.fhir.intake;

import java.util.UUID;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** An H2 database of its own in memory, with the real store on it. */
public final class MemoryDatabase implements AutoCloseable {

  private final StoreDatabase database =
      StoreDatabase.open(StoreSettings.of("jdbc:h2:mem:" + UUID.randomUUID()));

  public ResourceStore store() {
    return database.intake();
  }

  @Override
  public void close() {
    database.close();
  }
}
