package se.nhv.fhir.server.obligation;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.obligation.Obligation;
import se.nhv.fhir.reporting.obligation.ObligationTask;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;

/** {@code $obligations}: what is owed, and how far it has come; at both doors. */
public final class ObligationsProvider {

  /** $obligations at the system. */
  static final DoorType.Operation OBLIGATIONS =
      new DoorType.Operation(
          "obligations",
          Canonicals.ROOT + "/OperationDefinition/obligations",
          "GET with area, reportingYear and unit (each may be absent): answers a collection Bundle"
              + " of Tasks, one for each unit, area and year; a unit gets its own.");

  private final Obligations obligations;

  ObligationsProvider(Obligations obligations) {
    this.obligations = obligations;
  }

  /** $obligations: the Tasks, by id. */
  @Operation(name = "$obligations", idempotent = true)
  public Bundle obligations(
      @OperationParam(name = "area", min = 0) @Nullable StringType area,
      @OperationParam(name = "reportingYear", min = 0) @Nullable IntegerType reportingYear,
      @OperationParam(name = "unit", min = 0) @Nullable StringType unit,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("area", "reportingYear", "unit"));
    Bundle bundle = new Bundle().setType(Bundle.BundleType.COLLECTION);
    List<Obligation> found =
        ObligationFilter.of(unit, area, reportingYear).find(obligations, Caller.of(request).unit());
    for (Obligation obligation : found) {
      bundle.addEntry().setResource(ObligationTask.of(obligation, obligations.today()));
    }
    return bundle;
  }
}
