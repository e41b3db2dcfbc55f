package se.nhv.fhir.intake;

import java.util.List;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.store.Applied;

/** The one way into the intake store, for every door. Safe for use by many threads at once. */
public interface Intake {

  /**
   * Takes all deliveries or none, durably. The same deliveries again have no further effect.
   *
   * @param unit whose data they are: from the token or the configured endpoint, never from the data
   * @param deliveries in the order of the sender
   * @return what came of each, in the same order
   * @throws DeliveryRefusedException if any cannot be taken
   * @throws se.nhv.fhir.store.VersionConflictException if an expected version is not the current
   *     one
   */
  List<Applied> deliver(Unit unit, List<Delivery> deliveries);
}
