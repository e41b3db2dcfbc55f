package se.nhv.fhir.intake;

import java.util.List;

/** A batch of deliveries was refused whole; nothing of it was stored. */
public sealed class DeliveryRefusedException extends RuntimeException
    permits SeveralMatchesException {

  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  /** With at least one refusal. */
  public DeliveryRefusedException(List<Refusal> refusals) {
    super(refusals.size() + " of the deliveries were refused; the first: " + refusals.get(0));
    this.refusals = List.copyOf(refusals);
  }

  /** Every refusal, in the order of the deliveries. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
