package se.nhv.fhir.server.door;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.DateType;
import org.hl7.fhir.r4.model.Parameters;
import org.jspecify.annotations.Nullable;

/** The parameters of an operation, in the URL or in a Parameters resource. */
public final class OperationParameters {

  private static final List<String> PRESENTATION = List.of("_format", "_pretty");

  private OperationParameters() {}

  /** Refuses with 400 every parameter that the operation does not read. */
  public static void onlyKnown(RequestDetails request, List<String> known) {
    Stream<String> inBody =
        request.getResource() instanceof Parameters body
            ? body.getParameter().stream()
                .map(Parameters.ParametersParameterComponent::getName)
                .map(String::valueOf)
            : Stream.of();
    Stream<String> inUrl =
        request.getParameters().keySet().stream().filter(it -> !PRESENTATION.contains(it));
    if (Stream.concat(inBody, inUrl).anyMatch(it -> !known.contains(it))) {
      throw new InvalidRequestException(
          "The operation takes these parameters only: " + String.join(", ", known) + ".");
    }
  }

  /** A day; refused with 400 when it is less precise, or absent without a default. */
  public static LocalDate day(String name, @Nullable DateType date, @Nullable LocalDate absent) {
    if (date != null && !date.isEmpty() && date.getPrecision() == TemporalPrecisionEnum.DAY) {
      return LocalDate.parse(date.getValueAsString());
    }
    if ((date == null || date.isEmpty()) && absent != null) {
      return absent;
    }
    throw new InvalidRequestException(
        "The operation takes " + name + " as a day, for example 2024-12-31.");
  }
}
