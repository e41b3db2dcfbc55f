package se.nhv.fhir.reporting.submission;

import java.util.function.Supplier;
import se.nhv.fhir.reporting.ReportRefusedException;
import se.nhv.fhir.reporting.Reporters;
import se.nhv.fhir.reporting.national.NationalReports;
import se.nhv.fhir.reporting.national.Received;
import se.nhv.fhir.reporting.national.RevisionConflictException;

/**
 * The national side in the same store.
 *
 * @param reports asked for when it is needed
 */
public record LocalNationalSide(Supplier<NationalReports> reports) implements NationalSide {

  @Override
  public Receipt submit(OutgoingReport outgoing) {
    try {
      Received received =
          reports
              .get()
              .receive(
                  Reporters.unit(outgoing.report()),
                  outgoing.report(),
                  outgoing.steps(),
                  outgoing.revision(),
                  outgoing.reason());
      return new Receipt(received.id(), received.revision());
    } catch (ReportRefusedException | RevisionConflictException e) {
      throw new SubmissionRefusedException(String.valueOf(e.getMessage()));
    }
  }
}
