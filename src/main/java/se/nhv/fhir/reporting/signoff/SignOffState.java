package se.nhv.fhir.reporting.signoff;

/** How far a version of a report is signed off. */
public enum SignOffState {
  /** Nobody has signed it. */
  DRAFT,
  /** One person has reviewed it. */
  REVIEWED,
  /** Another person has approved it: it may be handed in. */
  APPROVED
}
