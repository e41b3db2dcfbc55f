package se.nhv.fhir.server.national;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.ForbiddenOperationException;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.PreconditionFailedException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import java.util.function.Supplier;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import se.nhv.fhir.intake.StrictJson;
import se.nhv.fhir.measure.Unit;
import se.nhv.fhir.reporting.ReportRefusedException;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.Received;
import se.nhv.fhir.reporting.national.RevisionConflictException;
import se.nhv.fhir.reporting.submission.OutgoingReport;
import se.nhv.fhir.reporting.submission.Receipt;
import se.nhv.fhir.reporting.submission.SubmissionBundle;
import se.nhv.fhir.server.door.Caller;
import se.nhv.fhir.server.door.Credential;
import se.nhv.fhir.server.door.Outcomes;

/**
 * A transaction at the report door: one report of the unit that asks, with the steps of its
 * sign-off, as {@link SubmissionBundle} has it. The same again gets the same answer.
 */
public final class SubmissionProvider {

  private final Supplier<NationalReports> national;

  SubmissionProvider(Supplier<NationalReports> national) {
    this.national = national;
  }

  /** Receives a report. */
  @Transaction
  public Bundle receive(@TransactionParam Bundle unread, RequestDetails request) {
    Unit unit = Caller.unitOf(request);
    if (!Credential.of(request).scopes().allow("MeasureReport", "u")) {
      String text = "The scopes of the token do not hold the submission of a MeasureReport.";
      throw new ForbiddenOperationException(text, Outcomes.error(IssueType.FORBIDDEN, text));
    }
    OutgoingReport submitted = read(request);
    try {
      Received received =
          national
              .get()
              .receive(
                  unit,
                  submitted.report(),
                  submitted.steps(),
                  submitted.revision(),
                  submitted.reason());
      return SubmissionBundle.answer(submitted, new Receipt(received.id(), received.revision()));
    } catch (ReportRefusedException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.BUSINESSRULE, String.valueOf(e.getMessage())));
    } catch (RevisionConflictException e) {
      throw new PreconditionFailedException(
          "Another revision is current",
          Outcomes.error(IssueType.CONFLICT, String.valueOf(e.getMessage())));
    }
  }

  private static OutgoingReport read(RequestDetails request) {
    if (!(StrictJson.parse(request.loadRequestContents()) instanceof Bundle bundle)) {
      throw new InvalidRequestException("A transaction is a Bundle.");
    }
    try {
      return SubmissionBundle.read(bundle);
    } catch (IllegalArgumentException e) {
      throw new UnprocessableEntityException(
          "Refused", Outcomes.error(IssueType.INVALID, String.valueOf(e.getMessage())));
    }
  }
}
