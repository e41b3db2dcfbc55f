package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;

/**
 * What a request asks a door to do.
 *
 * @param type the resource type, or {@link #SYSTEM}
 * @param code as FHIR names the interaction (FHIR R4, valueset-system-restful-interaction.html and
 *     valueset-type-restful-interaction.html), or an operation with its dollar sign
 */
public record Interaction(String type, String code) {

  /** Stands for the door itself. */
  public static final String SYSTEM = "-";

  /** What a request asks that HAPI has found a method for. */
  public static Interaction of(RequestDetails request) {
    String type = request.getResourceName() == null ? SYSTEM : request.getResourceName();
    return new Interaction(type, code(request));
  }

  private static String code(RequestDetails request) {
    RestOperationTypeEnum kind = request.getRestOperationType();
    return switch (kind) {
      // HAPI names a method that does both after one of them.
      case READ, VREAD ->
          request.getId() != null && request.getId().hasVersionIdPart() ? "vread" : "read";
      case EXTENDED_OPERATION_SERVER, EXTENDED_OPERATION_TYPE, EXTENDED_OPERATION_INSTANCE ->
          request.getOperation();
      default -> kind.getCode();
    };
  }

  /** Whether it is an operation. */
  public boolean isOperation() {
    return code.startsWith("$");
  }
}
