package se.nhv.fhir.intake;

import java.util.List;

/** A resource is not FHIR R4 JSON as strict parsing takes it. Its message holds no value of it. */
public final class MalformedResourceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient List<Refusal> refusals;

  /** With at least one refusal. */
  public MalformedResourceException(List<Refusal> refusals) {
    super(refusals.get(0).text());
    this.refusals = List.copyOf(refusals);
  }

  /** Every fault that was found, each with index 0. */
  public List<Refusal> refusals() {
    return refusals;
  }
}
