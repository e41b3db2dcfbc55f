package se.nhv.fhir.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static se.nhv.fhir.store.Resources.observation;
import static se.nhv.fhir.store.Resources.partition;
import static se.nhv.fhir.store.Resources.put;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract of the store, kept by a real PostgreSQL. */
class PostgreSqlStoreTest
    implements VersionsContract,
        LateVersionsContract,
        SearchContract,
        SubjectsContract,
        ConcurrencyContract {

  private static EmbeddedPostgres postgres;
  private static StoreSettings settings;
  private static StoreDatabase database;

  @BeforeAll
  static void open() throws IOException {
    postgres = EmbeddedPostgres.start();
    settings =
        new StoreSettings(postgres.getJdbcUrl("postgres", "postgres"), "postgres", "postgres", 8);
    database = StoreDatabase.open(settings);
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

  @Test
  void two_processes_share_one_database() {
    ResourceKey key = observation(partition(), "a");
    try (StoreDatabase other = StoreDatabase.open(settings)) {
      other.intake().apply(List.of(put(key, "1")));
      assertThat(database.intake().apply(List.of(put(key, "2"))).get(0).version()).isEqualTo(2);
      assertThat(other.intake().read(key, 1)).isPresent();
    }
  }

  @Test
  void a_database_that_does_not_answer_is_named_without_its_secrets() {
    assertThatThrownBy(
            () ->
                StoreDatabase.open(
                    StoreSettings.of("jdbc:postgresql://localhost:1/nhv?password=hemligt")))
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("jdbc:postgresql://localhost:1/nhv cannot be opened")
        .hasMessageNotContaining("hemligt");
  }
}
