package se.nhv.fhir.store;

import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * H2 writes commits in the background; its WRITE_DELAY of 0 only turns that writer off. So every
 * batch ends with a checkpoint that is forced to the device. Batches that wait at the same time
 * share one.
 */
final class CheckpointDurability implements Durability {

  private final JdbcTemplate jdbc;
  private final AtomicLong asked = new AtomicLong();
  private long covered;

  CheckpointDurability(DataSource connections) {
    this.jdbc = new JdbcTemplate(connections);
  }

  @Override
  public void sync() {
    long mine = asked.incrementAndGet();
    synchronized (this) {
      if (covered < mine) {
        long all = asked.get();
        jdbc.execute("checkpoint sync");
        covered = all;
      }
    }
  }
}
