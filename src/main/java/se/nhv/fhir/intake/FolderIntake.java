package se.nhv.fhir.intake;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.measure.Unit;

/**
 * Loads a folder of Bulk Data NDJSON or Bundles into the store, for one unit, through the same
 * intake and the same strict parsing as a push. Stateless; each call holds its folder in memory.
 */
public final class FolderIntake {

  private static final Logger LOG = LoggerFactory.getLogger(FolderIntake.class);

  private final Intake intake;

  /** Loads through that intake. */
  public FolderIntake(Intake intake) {
    this.intake = intake;
  }

  /**
   * Loads the folder; what cannot be taken is a gap and the rest goes on.
   *
   * @param unit whose data the folder holds
   * @param folder with {@code *.ndjson}, {@code *.ndjson.gz} or {@code *.json}
   * @param progress told how many resources have been handled so far
   * @throws IllegalArgumentException if there is no such folder
   */
  public FolderOutcome load(Unit unit, Path folder, LongConsumer progress) {
    Instant start = Instant.now();
    FolderContents contents = FolderContents.read(folder);
    List<FolderContents.Found> all = new ArrayList<>(contents.resources());
    all.sort(
        Comparator.comparingInt(
            (FolderContents.Found it) -> AcceptedTypes.ALL.indexOf(it.resource().type())));
    Deliveries deliveries = new Deliveries(intake, unit);
    List<String> gaps = new ArrayList<>(contents.gaps());
    long handled = 0;
    for (FolderContents.Found found : all) {
      deliveries.add(found.place() + ": " + found.resource(), found.resource().json());
      progress.accept(++handled);
    }
    deliveries.flush();
    deliveries.refused().forEach(it -> gaps.add(it.text()));
    FolderOutcome outcome =
        new FolderOutcome(deliveries.changed(), deliveries.unchanged(), List.copyOf(gaps));
    LOG.info(
        "Loaded a folder for unit {}: {} new or changed, {} unchanged, {} gaps, in {} ms",
        unit,
        outcome.changed(),
        outcome.unchanged(),
        gaps.size(),
        Duration.between(start, Instant.now()).toMillis());
    return outcome;
  }
}
