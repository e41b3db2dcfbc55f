package se.nhv.fhir.intake;

import java.util.List;

/**
 * Nothing was stored because the identifier of a conditional create is that of several resources of
 * the unit: 412 over HTTP (FHIR R4, http.html#ccreate). No other delivery of the batch was at
 * fault.
 */
public final class SeveralMatchesException extends DeliveryRefusedException {

  private static final long serialVersionUID = 1L;

  /** With one refusal for each such create. */
  public SeveralMatchesException(List<Refusal> refusals) {
    super(refusals);
  }
}
