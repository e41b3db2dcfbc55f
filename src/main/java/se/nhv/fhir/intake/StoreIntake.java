package se.nhv.fhir.intake;

import java.util.ArrayList;
import java.util.List;
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

  /** An intake into that store. */
  public StoreIntake(ResourceStore store) {
    this.store = store;
  }

  @Override
  public List<Applied> deliver(Unit unit, List<Delivery> deliveries) {
    for (int attempt = 1; ; attempt++) {
      Batch batch = new Batch(store, unit, deliveries);
      try {
        return answers(batch, store.apply(batch.changes()));
      } catch (VersionConflictException e) {
        // Another sender has just created what was to be created here: look again.
        if (!batch.creates(e.key()) || attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static List<Applied> answers(Batch batch, List<Applied> applied) {
    List<Applied> answers = new ArrayList<>();
    for (Batch.Answer answer : batch.answers()) {
      answers.add(answer.from(applied));
    }
    return answers;
  }
}
