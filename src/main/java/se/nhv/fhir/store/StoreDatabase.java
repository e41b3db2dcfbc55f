package se.nhv.fhir.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One database with two separate stores, each in a SQL schema of its own: patient data in {@code
 * intake}, reports in {@code report}. Safe for use by many threads at once; an H2 file is used by
 * one process at a time.
 */
public final class StoreDatabase implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StoreDatabase.class);
  private static final int LONGEST_WAIT_MS = 5000; // then the sender is told to come again later
  private static final int H2_ALREADY_OPEN = 90020;

  private final HikariDataSource connections;
  private final Dialect dialect;
  private final ResourceStore intake;
  private final ResourceStore reports;

  private StoreDatabase(HikariDataSource connections, Dialect dialect, Clock clock) {
    this.connections = connections;
    this.dialect = dialect;
    Durability durability =
        dialect == Dialect.H2 ? new CheckpointDurability(connections) : Durability.ON_COMMIT;
    this.intake = store(new Statements(dialect, "intake"), KeptTypes.INTAKE, durability, clock);
    this.reports = store(new Statements(dialect, "report"), KeptTypes.REPORT, durability, clock);
  }

  /**
   * Opens the database, creates it if it is an H2 file that is not there, and brings both schemas
   * to their present form.
   *
   * @throws IllegalArgumentException if the URL is neither of H2 nor of PostgreSQL
   * @throws StoreUnavailableException if it cannot be opened, for example because another process
   *     uses the file
   */
  public static StoreDatabase open(StoreSettings settings) {
    return open(settings, Clock.systemUTC());
  }

  static StoreDatabase open(StoreSettings settings, Clock clock) {
    Dialect dialect = Dialect.of(settings);
    HikariDataSource connections = connect(settings, dialect);
    try {
      migrate(connections, dialect, "intake", "db/migration");
      migrate(connections, dialect, "report", "db/migration");
    } catch (RuntimeException e) {
      connections.close();
      throw e;
    }
    LOG.info("store open at {}", settings.place());
    return new StoreDatabase(connections, dialect, clock);
  }

  /** Patients and their care. */
  public ResourceStore intake() {
    return intake;
  }

  /** Summary reports and their definitions; it refuses every type that could name a patient. */
  public ResourceStore reports() {
    return reports;
  }

  /**
   * The database for the one table of the job scheduler, {@code "jobs".scheduled_tasks}, and for
   * nothing else. The schema is brought to its present form, which is why the server asks for it
   * behind its open doors.
   */
  public DataSource jobs() {
    migrate(connections, dialect, "jobs", "db/jobs");
    return connections;
  }

  /** Closes every connection; an H2 file can then be opened by another process. */
  @Override
  public void close() {
    connections.close();
  }

  private ResourceStore store(
      Statements statements, KeptTypes kept, Durability durability, Clock clock) {
    return new JdbcResourceStore(connections, statements, kept, durability, clock);
  }

  private static HikariDataSource connect(StoreSettings settings, Dialect dialect) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("store");
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(settings.poolSize());
    config.setConnectionTimeout(LONGEST_WAIT_MS);
    dialect.driverProperties().forEach(config::addDataSourceProperty);
    try {
      return new HikariDataSource(config);
    } catch (PoolInitializationException e) {
      throw unavailable(settings, e);
    }
  }

  private static StoreUnavailableException unavailable(StoreSettings settings, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getErrorCode() == H2_ALREADY_OPEN) {
        return new StoreUnavailableException(
            "the database file "
                + file(settings)
                + " is in use by another process: stop that process, give this one another file"
                + " (jdbc:h2:file:<path>), or use PostgreSQL (jdbc:postgresql://<host>/<database>),"
                + " which many processes can share",
            failure);
      }
    }
    return new StoreUnavailableException(
        "the store at "
            + settings.place()
            + " cannot be opened: check that the database runs and that URL, user and password"
            + " are right",
        failure);
  }

  private static String file(StoreSettings settings) {
    String path = settings.place().replaceFirst("^jdbc:h2:(file:)?", "");
    String home = path.replaceFirst("^~", System.getProperty("user.home"));
    return Path.of(home).toAbsolutePath().normalize() + ".mv.db";
  }

  private static void migrate(
      HikariDataSource connections, Dialect dialect, String schema, String place) {
    Flyway.configure()
        .dataSource(connections)
        .locations("classpath:" + place)
        .schemas(schema)
        .placeholders(dialect.placeholders())
        .load()
        .migrate();
  }
}
