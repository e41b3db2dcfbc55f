package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/**
 * What a request showed to be let in.
 *
 * @param caller who asks
 * @param scopes what of the caller's rights the token carries
 * @param client the program that asks, as the token names it
 */
public record Credential(Caller caller, Scopes scopes, String client) {

  private static final String ATTRIBUTE = Credential.class.getName();

  /** What a request shows that has no token. */
  public static final Credential NONE = new Credential(new Caller.Anyone(), Scopes.ALL, "");

  /** Leaves this with the request, for whoever handles it. */
  public void leaveWith(HttpServletRequest request) {
    request.setAttribute(ATTRIBUTE, this);
    request.setAttribute(Caller.ATTRIBUTE, caller);
  }

  /** What a request showed that passed the filter. */
  public static Credential of(HttpServletRequest request) {
    return Objects.requireNonNull(
        (Credential) request.getAttribute(ATTRIBUTE), "the access filter did not see this request");
  }

  /** What a request to a door showed. */
  public static Credential of(RequestDetails request) {
    return of(((ServletRequestDetails) request).getServletRequest());
  }
}
