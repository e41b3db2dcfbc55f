package se.nhv.fhir.server.push;

import java.util.List;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.intake.DeliveryRefusedException;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.server.door.Meters;
import se.nhv.fhir.store.Applied;

/** An intake of which every delivery is counted. */
record CountedIntake(Intake intake, Meters meters) implements Intake {

  @Override
  public List<Applied> deliver(Unit unit, List<Delivery> deliveries) {
    try {
      List<Applied> applied = intake.deliver(unit, deliveries);
      meters.taken(unit, applied);
      return applied;
    } catch (DeliveryRefusedException e) {
      meters.refused(e.refusals());
      throw e;
    }
  }
}
