package se.nhv.fhir.store;

import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** Primary keys, reserved 1,000 at a time. What a failed batch drew is never used again. */
final class KeyBlocks {

  private static final int BLOCK = 1000; // the sequence's increment

  private final JdbcTemplate jdbc;
  private final String nextBlock;
  private long next;
  private long end;

  KeyBlocks(JdbcTemplate jdbc, String nextBlock) {
    this.jdbc = jdbc;
    this.nextBlock = nextBlock;
  }

  synchronized long next() {
    if (next == end) {
      next = Objects.requireNonNull(jdbc.queryForObject(nextBlock, Long.class));
      end = next + BLOCK;
    }
    return next++;
  }
}
