package se.nhv.fhir.intake.quality;

/** How sure it is that a figure is wrong. */
public enum Severity {
  /** Something is counted wrongly, or not at all. */
  ERROR,
  /** Something that a person should look at. */
  WARNING;

  /** As the code system of the rules and the lists write it. */
  public String code() {
    return this == ERROR ? "error" : "warning";
  }
}
