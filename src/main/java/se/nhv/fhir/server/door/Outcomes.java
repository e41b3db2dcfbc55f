package se.nhv.fhir.server.door;

import ca.uhn.fhir.context.FhirContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import se.nhv.fhir.intake.Refusal;
import se.nhv.fhir.store.Applied;

/** What every error of every door looks like: an OperationOutcome in JSON. */
public final class Outcomes {

  /** The media type of every answer. */
  public static final String FHIR_JSON = "application/fhir+json";

  private Outcomes() {}

  /** An outcome with one error. */
  public static OperationOutcome error(IssueType code, String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome.addIssue().setSeverity(IssueSeverity.ERROR).setCode(code).setDiagnostics(text);
    return outcome;
  }

  /** An outcome that only informs. */
  public static OperationOutcome information(String text) {
    OperationOutcome outcome = new OperationOutcome();
    outcome
        .addIssue()
        .setSeverity(IssueSeverity.INFORMATION)
        .setCode(IssueType.INFORMATIONAL)
        .setDiagnostics(text);
    return outcome;
  }

  /** Says of a version that came late that it is not the current one. */
  public static OperationOutcome superseded(Applied applied) {
    return information(
        "This came late: version "
            + applied.version()
            + " has a later meta.lastUpdated and stays current; this one is kept in the history."
            + " Without meta.lastUpdated it would replace it.");
  }

  /** One error a refusal: the element as expression, the problem, and the way out. */
  public static OperationOutcome refused(List<Refusal> refusals) {
    OperationOutcome outcome = new OperationOutcome();
    for (Refusal refusal : refusals) {
      OperationOutcome.OperationOutcomeIssueComponent issue = outcome.addIssue();
      issue.setSeverity(IssueSeverity.ERROR).setCode(IssueType.INVALID);
      issue.getDetails().setText(refusal.problem());
      issue.setDiagnostics(refusal.element() + ": " + refusal.problem() + ". " + refusal.remedy());
      issue.addExpression(refusal.element());
    }
    return outcome;
  }

  /** Writes an error as the whole answer. */
  public static void write(HttpServletResponse response, int status, IssueType code, String text)
      throws IOException {
    byte[] body = json(error(code, text)).getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(FHIR_JSON);
    response.setCharacterEncoding(StandardCharsets.UTF_8.name());
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** The outcome in JSON. */
  public static String json(OperationOutcome outcome) {
    return FhirContext.forR4Cached().newJsonParser().encodeResourceToString(outcome);
  }

  /** The issue type that goes with an HTTP status. */
  public static IssueType issueType(int status) {
    return switch (status) {
      case 401 -> IssueType.LOGIN;
      case 403 -> IssueType.FORBIDDEN;
      case 404 -> IssueType.NOTFOUND;
      case 405, 406, 415 -> IssueType.NOTSUPPORTED;
      case 409, 412 -> IssueType.CONFLICT;
      case 413 -> IssueType.TOOLONG;
      default -> status >= 500 ? IssueType.EXCEPTION : IssueType.INVALID;
    };
  }
}
