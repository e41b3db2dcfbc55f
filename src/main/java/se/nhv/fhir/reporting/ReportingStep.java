package se.nhv.fhir.reporting;

import java.util.Arrays;
import java.util.Optional;

/** A step on a report's way, as the code system {@code rapportsteg} has them. */
public enum ReportingStep {
  /** A first person at the unit has looked through the report. */
  REVIEWED("granskad", "Granskad"),
  /** A second person at the unit stands for it. */
  APPROVED("godkand", "Godkänd"),
  /** The unit has handed it in. */
  SUBMITTED("inlamnad", "Inlämnad"),
  /** The authority has taken it. */
  ACCEPTED("mottagen", "Mottagen"),
  /** The authority asks for another revision. */
  RETURNED("aterlamnad", "Återlämnad");

  private final String code;
  private final String display;

  ReportingStep(String code, String display) {
    this.code = code;
    this.display = display;
  }

  /** The code. */
  public String code() {
    return code;
  }

  /** How the code is shown, in Swedish. */
  public String display() {
    return display;
  }

  /** The step with that code; empty if there is none. */
  public static Optional<ReportingStep> of(String code) {
    return Arrays.stream(values()).filter(it -> it.code.equals(code)).findFirst();
  }
}
