package se.nhv.fhir.intake.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.DeliveryRefusedException;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.intake.Originals;
import se.nhv.fhir.intake.Partitions;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Page;
import se.nhv.fhir.store.Query;
import se.nhv.fhir.store.ResourceKey;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.StoredVersion;
import se.nhv.fhir.store.VersionConflictException;

/**
 * Brings a changed mapping to what a unit has stored: each resource is delivered again as it was
 * sent. It goes in batches and notes in the store how far it is, so that it can be stopped at any
 * moment, killed, and gone on with; what is done twice has one effect. Safe for use by many threads
 * and processes at once.
 */
public final class Remapping {

  private static final Logger LOG = LoggerFactory.getLogger(Remapping.class);
  private static final int BATCH = 200;

  private final ResourceStore store;
  private final Originals originals;
  private final StoredMappings mappings;
  private final Intake intake;

  /**
   * In that store.
   *
   * @param intake the way into it, by way of those mappings
   */
  public Remapping(ResourceStore store, StoredMappings mappings, Intake intake) {
    this.store = store;
    this.originals = new Originals(store);
    this.mappings = mappings;
    this.intake = intake;
  }

  /**
   * Goes on to the end.
   *
   * @param unit whose data are mapped anew; nothing is done where nothing is to do
   */
  public void run(Unit unit) {
    run(unit, Integer.MAX_VALUE);
  }

  /**
   * Goes on for a while.
   *
   * @param most about how many resources are looked at before it stops
   * @return whether all is done
   */
  public boolean run(Unit unit, int most) {
    long start = System.nanoTime();
    int looked = 0;
    while (!mappings.isSettled(unit)) {
      if (looked >= most || Thread.currentThread().isInterrupted()) {
        return false;
      }
      try {
        looked += step(unit);
      } catch (VersionConflictException e) {
        LOG.debug("Another push, mapping or run of unit {} was quicker: looking again", unit);
      }
    }
    if (looked > 0) {
      LOG.info(
          "Mapped what unit {} has stored anew: {} resources, in {} ms",
          unit,
          looked,
          (System.nanoTime() - start) / 1_000_000);
    }
    return true;
  }

  private int step(Unit unit) {
    Optional<StoredVersion> stored = store.read(MappingState.key(unit));
    MappingState state = stored.map(MappingState::of).orElse(MappingState.begun("").ended());
    if (state.finished()) {
      return 0;
    }
    long version = stored.map(StoredVersion::version).orElse(0L);
    MappingState begun = state.type().isEmpty() ? first(unit, state) : state;
    Page page = page(unit, begun);
    int refused = deliver(unit, page.versions());
    int looked = page.versions().size();
    MappingState next = next(begun, page, looked, refused);
    store.apply(List.of(next.put(unit, version)));
    return Math.max(1, looked);
  }

  private MappingState first(Unit unit, MappingState state) {
    long total = 0;
    for (String type : AcceptedTypes.ALL) {
      total += page(unit, type, "", 1).total();
    }
    return new MappingState(
        state.version(), false, AcceptedTypes.ALL.get(0), "", 0, (int) total, 0);
  }

  private static MappingState next(MappingState state, Page page, int looked, int refused) {
    String type = state.type();
    String after = "";
    int types = AcceptedTypes.ALL.size();
    if (page.more()) {
      after = page.versions().get(looked - 1).key().id();
    } else {
      int index = AcceptedTypes.ALL.indexOf(type) + 1;
      type = index < types ? AcceptedTypes.ALL.get(index) : "";
    }
    int done = state.done() + looked;
    MappingState next =
        new MappingState(
            state.version(), false, type, after, done, state.total(), state.refused() + refused);
    return type.isEmpty() ? next.ended() : next;
  }

  private Page page(Unit unit, MappingState state) {
    return page(unit, state.type(), state.after(), BATCH);
  }

  private Page page(Unit unit, String type, String after, int count) {
    String care = Partitions.care(unit);
    ResourceKey last = after.isEmpty() ? null : new ResourceKey(care, type, after);
    return store.search(new Query(care, type, List.of(), null, null, last, count));
  }

  /** Delivers them as they were sent; those that are refused stay as they are and are counted. */
  private int deliver(Unit unit, List<StoredVersion> versions) {
    List<Delivery> deliveries = new ArrayList<>();
    for (StoredVersion care : versions) {
      byte[] sent = originals.of(unit, care);
      deliveries.add(new Delivery.Update(StrictJson.parse(sent), sent, care.version()));
    }
    try {
      intake.deliver(unit, deliveries);
      return 0;
    } catch (DeliveryRefusedException e) {
      TreeSet<Integer> refused = new TreeSet<>(e.refusals().stream().map(Refusal::index).toList());
      refused.descendingIterator().forEachRemaining(it -> deliveries.remove((int) it));
      LOG.warn(
          "{} resources of unit {} are not taken as its mapping makes them, and stay as they are",
          refused.size(),
          unit);
      intake.deliver(unit, deliveries);
      return refused.size();
    }
  }
}
