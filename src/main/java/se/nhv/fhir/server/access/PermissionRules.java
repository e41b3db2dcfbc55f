package se.nhv.fhir.server.access;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import ca.uhn.fhir.rest.api.RestOperationTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Door;
import se.nhv.fhir.server.door.Interaction;
import se.nhv.fhir.server.door.Outcomes;

/** Holds every request at a door to {@link Permissions}, before its body is read. */
@Interceptor
public final class PermissionRules {

  private static final int FIRST = -1000;

  private final Door door;

  /** At that door. */
  public PermissionRules(Door door) {
    this.door = door;
  }

  /** Refuses with 403 what is not allowed. */
  @Hook(value = Pointcut.SERVER_INCOMING_REQUEST_POST_PROCESSED, order = FIRST)
  public void decide(RequestDetails request) {
    if (request.getRestOperationType() == RestOperationTypeEnum.METADATA) {
      return;
    }
    Credential credential = Credential.of(request);
    Interaction asked = Interaction.of(request);
    if (!Permissions.allow(Role.of(credential.caller()), door, asked)) {
      throw forbidden("A token of this role may not do this here.");
    }
    if (!Permissions.allow(credential.scopes(), asked)) {
      throw insufficient("The scopes of the token do not hold this.");
    }
  }

  private static ForbiddenOperationException insufficient(String text) {
    ForbiddenOperationException refused = forbidden(text);
    refused.addResponseHeader(
        "WWW-Authenticate", "Bearer realm=\"nhv\", error=\"insufficient_scope\"");
    return refused;
  }

  private static ForbiddenOperationException forbidden(String text) {
    return new ForbiddenOperationException(text, Outcomes.error(IssueType.FORBIDDEN, text));
  }
}
