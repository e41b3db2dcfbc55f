package se.nhv.fhir.intake.pull;

import java.util.ArrayList;
import java.util.List;
import se.nhv.fhir.intake.AcceptedTypes;
import se.nhv.fhir.intake.Deliveries;
import se.nhv.fhir.intake.Intake;
import se.nhv.fhir.measure.Unit;

/** A query for each type, for tests of what comes of a query. */
record EveryType(Intake intake) {

  PullOutcome pull(Unit unit, FhirEndpoint endpoint, PullProgress progress) {
    PageClient client = new PageClient(endpoint);
    List<PullOutcome.Query> queries = new ArrayList<>();
    for (String type : AcceptedTypes.ALL) {
      Deliveries deliveries = new Deliveries(intake, unit);
      queries.add(
          new TypeQuery(client, endpoint, new Ask(type), deliveries, resource -> true, progress)
              .run());
    }
    return new PullOutcome(unit, queries);
  }
}
