package se.nhv.fhir.store;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The contract of the store, kept by an H2 file. */
class H2FileStoreTest
    implements VersionsContract,
        LateVersionsContract,
        SearchContract,
        SubjectsContract,
        ConcurrencyContract {

  private static StoreDatabase database;

  @BeforeAll
  static void open(@TempDir Path folder) {
    database = StoreDatabase.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("nhv")));
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Override
  public StoreDatabase database() {
    return database;
  }
}
