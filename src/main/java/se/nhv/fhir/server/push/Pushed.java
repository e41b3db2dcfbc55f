package se.nhv.fhir.server.push;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import se.nhv.fhir.intake.Delivery;
import se.nhv.fhir.server.door.TouchedPatients;
import se.nhv.fhir.store.Applied;

/** Which patients a push was about, for its record. */
final class Pushed {

  private Pushed() {}

  /** Notes whom something was about that was taken in; a deletion names nobody but a Patient. */
  static void note(RequestDetails request, Delivery delivery, Applied applied) {
    if (applied.key().type().equals("Patient")) {
      TouchedPatients.add(request, applied.key().id());
    } else if (delivery instanceof Delivery.Update update) {
      TouchedPatients.add(request, update.resource());
    } else if (delivery instanceof Delivery.CreateIfNoneExist create) {
      TouchedPatients.add(request, create.resource());
    }
  }
}
