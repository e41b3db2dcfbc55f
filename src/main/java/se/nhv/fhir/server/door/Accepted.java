package se.nhv.fhir.server.door;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Task;

/**
 * The answer to what goes on after it: 202 with Content-Location of the Task that says how far it
 * has come (FHIR R4, async.html).
 */
public final class Accepted {

  private static final String MARK = Accepted.class.getName();

  private Accepted() {}

  /** Whether the caller wants an answer before the work is done. */
  public static boolean wanted(RequestDetails request) {
    String prefer = request.getHeader("Prefer");
    return prefer != null && prefer.contains("respond-async");
  }

  /** The outcome to answer with, whose status the door's rules then set. */
  public static OperationOutcome of(Task task, RequestDetails request) {
    String location = request.getFhirServerBase() + "/Task/" + task.getIdElement().getIdPart();
    ((ServletRequestDetails) request).getServletResponse().setHeader("Content-Location", location);
    request.getUserData().put(MARK, true);
    return Outcomes.information("Accepted: read " + location + " for how far it has come.");
  }

  /** Whether this request was answered so. */
  static boolean is(RequestDetails request) {
    return request.getUserData().containsKey(MARK);
  }
}
