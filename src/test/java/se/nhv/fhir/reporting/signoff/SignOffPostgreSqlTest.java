package se.nhv.fhir.reporting.signoff;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import se.nhv.fhir.store.StoreDatabase;
import se.nhv.fhir.store.StoreSettings;

/** The sign-off over a real PostgreSQL. */
class SignOffPostgreSqlTest implements SignOffContract {

  private static EmbeddedPostgres postgres;
  private static StoreDatabase database;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.start();
    database =
        StoreDatabase.open(
            new StoreSettings(
                postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 8));
  }

  @AfterAll
  static void close() throws IOException {
    database.close();
    postgres.close();
  }

  @Override
  public StoreDatabase database() {
    return database;
  }
}
