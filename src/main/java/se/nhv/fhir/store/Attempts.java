package se.nhv.fhir.store;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.springframework.core.NestedRuntimeException;

/** Runs a transaction again when it lost against another one. */
final class Attempts {

  private static final int MOST = 12;

  /**
   * Serialization failure, deadlock, unique violation, lock not available; H2's lock timeout
   * (HYT00) and concurrent update (90131).
   */
  private static final Set<String> LOST =
      Set.of("40001", "40P01", "23505", "55P03", "HYT00", "90131");

  private Attempts() {}

  /** The answer of the first attempt that goes through; the last failure if none of 12 does. */
  static <T> T untilThrough(Supplier<T> transaction) {
    for (int attempt = 1; ; attempt++) {
      try {
        return transaction.get();
      } catch (NestedRuntimeException e) {
        if (attempt == MOST || !lostAgainstAnother(e)) {
          throw e;
        }
        pause(attempt, e);
      }
    }
  }

  static boolean lostAgainstAnother(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && LOST.contains(String.valueOf(sql.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static void pause(int attempt, NestedRuntimeException lost) {
    try {
      Thread.sleep(ThreadLocalRandom.current().nextInt(1, 10 * attempt));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw lost;
    }
  }
}
