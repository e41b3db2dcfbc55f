package se.nhv.fhir.intake;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;
import se.nhv.fhir.store.ResourceStore;
import se.nhv.fhir.store.VersionConflictException;

/**
 * The intake into a {@link ResourceStore}, whose partition is the unit's HSA-id. A delivery that
 * cannot be taken is refused with its element and the way out; all refusals of a batch are told at
 * once.
 */
public final class StoreIntake implements Intake {

  private static final int MOST_ATTEMPTS = 10;

  private final ResourceStore store;
  private final ResourceMapping mapping;

  /** An intake into that store, of units that all write the contract's own codes. */
  public StoreIntake(ResourceStore store) {
    this(store, ResourceMapping.NONE);
  }

  /** An intake into that store, by way of the units' mappings. */
  public StoreIntake(ResourceStore store, ResourceMapping mapping) {
    this.store = store;
    this.mapping = mapping;
  }

  @Override
  public List<Applied> deliver(Unit unit, List<Delivery> deliveries) {
    for (int attempt = 1; ; attempt++) {
      ResourceMapping.InForce inForce = mapping.inForce(unit);
      Batch batch = new Batch(store, unit, inForce, deliveries);
      try {
        List<Applied> answers = answers(batch, store.apply(batch.changes()));
        while (!isInForce(unit, inForce)) {
          inForce = mapping.inForce(unit);
          mapAgain(unit, inForce, deliveries, answers);
        }
        return answers;
      } catch (VersionConflictException e) {
        // Another sender has just created what was to be created here: look again.
        if (!batch.creates(e.key()) || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** The mapping was changed meanwhile: what was stored must be as the new one makes it. */
  private void mapAgain(
      Unit unit,
      ResourceMapping.InForce inForce,
      List<Delivery> deliveries,
      List<Applied> answers) {
    for (int i = 0; i < answers.size(); i++) {
      Applied stored = answers.get(i);
      Resource sent = sent(deliveries.get(i), stored);
      if (sent != null) {
        answers.set(i, mapAgain(unit, inForce, sent, stored));
      }
    }
  }

  private Applied mapAgain(
      Unit unit, ResourceMapping.InForce inForce, Resource sent, Applied stored) {
    Delivery again = new Delivery.Update(sent, stored.version());
    Batch batch = new Batch(store, unit, inForce, List.of(again));
    try {
      Applied now = store.apply(batch.changes()).get(0);
      return new Applied(now.key(), now.version(), now.stored(), stored.effect());
    } catch (VersionConflictException e) {
      return stored; // another has stored it anew, and answers for that
    }
  }

  /** What a delivery has just stored; null if that is nothing. */
  private static @Nullable Resource sent(Delivery delivery, Applied stored) {
    if (delivery instanceof Delivery.Update update) {
      return update.resource();
    }
    if (delivery instanceof Delivery.CreateIfNoneExist create
        && stored.effect() != Applied.Effect.UNCHANGED) {
      Resource resource = create.resource().copy();
      resource.setId(stored.key().id());
      return resource;
    }
    return null;
  }

  private boolean isInForce(Unit unit, ResourceMapping.InForce used) {
    return mapping.inForce(unit).version().equals(used.version());
  }

  private static List<Applied> answers(Batch batch, List<Applied> applied) {
    List<Applied> answers = new ArrayList<>();
    for (Batch.Answer answer : batch.answers()) {
      answers.add(answer.from(applied));
    }
    return answers;
  }
}
