package se.nhv.fhir.server.mapping;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import se.nhv.fhir.intake.mapping.Remapping;
import se.nhv.fhir.measure.Unit;

/** Remapping as the doors start it: at once for a small unit, behind them for the rest. */
public final class Remappings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Remappings.class);
  private static final int AT_ONCE = 2000;

  private final Remapping remapping;
  private final Set<Unit> waiting = ConcurrentHashMap.newKeySet();
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread made = new Thread(task, "remapping");
            made.setDaemon(true);
            return made;
          });

  Remappings(Remapping remapping) {
    this.remapping = remapping;
  }

  /** After a change: whether all is done already; if not, it is gone on with. */
  boolean begin(Unit unit) {
    boolean done = remapping.run(unit, AT_ONCE);
    if (!done) {
      goOn(unit);
    }
    return done;
  }

  /** Goes on behind the doors with what there is to do. */
  public void goOn(Unit unit) {
    if (waiting.add(unit)) {
      thread.execute(() -> run(unit));
    }
  }

  private void run(Unit unit) {
    waiting.remove(unit);
    try {
      remapping.run(unit);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("Remapping of unit {} stopped: the store failed; it is gone on with later", unit);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
