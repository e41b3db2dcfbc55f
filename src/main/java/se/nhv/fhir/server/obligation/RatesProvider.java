package se.nhv.fhir.server.obligation;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Parameters.ParametersParameterComponent;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;
import se.nhv.fhir.measure.Canonicals;
import se.nhv.fhir.reporting.obligation.Obligations;
import se.nhv.fhir.reporting.obligation.Rates;
import se.nhv.fhir.server.door.DoorType;
import se.nhv.fhir.server.door.OperationParameters;

/** {@code $rates}: how many of those that owe have handed in, by area and year. */
public final class RatesProvider {

  /** $rates at the system. */
  static final DoorType.Operation RATES =
      new DoorType.Operation(
          "rates",
          Canonicals.ROOT + "/OperationDefinition/rates",
          "GET with area and reportingYear (each may be absent): answers Parameters with a part rate"
              + " for each area and year: area, reportingYear, and how many units are expected, have"
              + " submitted everything, had so onTime, and are accepted.");

  private final Obligations obligations;

  RatesProvider(Obligations obligations) {
    this.obligations = obligations;
  }

  /** $rates: a part for each area and year. */
  @Operation(name = "$rates", idempotent = true)
  public Parameters rates(
      @OperationParam(name = "area", min = 0) @Nullable StringType area,
      @OperationParam(name = "reportingYear", min = 0) @Nullable IntegerType reportingYear,
      RequestDetails request) {
    OperationParameters.onlyKnown(request, List.of("area", "reportingYear"));
    Parameters answer = new Parameters();
    Rates.of(ObligationFilter.of(null, area, reportingYear).find(obligations, Optional.empty()))
        .forEach(it -> add(answer.addParameter().setName("rate"), it));
    return answer;
  }

  private static void add(ParametersParameterComponent rate, Rates rates) {
    rate.addPart().setName("area").setValue(new CodeType(rates.area().code()));
    count(rate, "reportingYear", rates.year().value());
    count(rate, "expected", rates.expected());
    count(rate, "submitted", rates.submitted());
    count(rate, "onTime", rates.onTime());
    count(rate, "accepted", rates.accepted());
  }

  private static void count(ParametersParameterComponent rate, String name, int count) {
    rate.addPart().setName(name).setValue(new IntegerType(count));
  }
}
