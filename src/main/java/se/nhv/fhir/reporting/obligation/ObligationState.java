package se.nhv.fhir.reporting.obligation;

import org.hl7.fhir.r4.model.Task.TaskStatus;

/**
 * How far what is owed has come, in this order; as the code system {@code redovisningslage} has it.
 */
public enum ObligationState {
  /** Nothing is evaluated, as far as is known here. */
  OPEN("oppen", "Öppen", TaskStatus.REQUESTED),
  /** Evaluated, and not signed. */
  DRAFT("utkast", "Utkast", TaskStatus.INPROGRESS),
  /** Reviewed by one person. */
  REVIEWED("granskad", "Granskad", TaskStatus.INPROGRESS),
  /** Approved by another. */
  APPROVED("godkand", "Godkänd", TaskStatus.INPROGRESS),
  /** Handed in. */
  SUBMITTED("inlamnad", "Inlämnad", TaskStatus.INPROGRESS),
  /** Taken by the authority. */
  ACCEPTED("mottagen", "Mottagen", TaskStatus.COMPLETED);

  private final String code;
  private final String display;
  private final TaskStatus status;

  ObligationState(String code, String display, TaskStatus status) {
    this.code = code;
    this.display = display;
    this.status = status;
  }

  /** The code. */
  public String code() {
    return code;
  }

  /** How the code is shown, in Swedish. */
  public String display() {
    return display;
  }

  /** The status of a FHIR Task in that state. */
  public TaskStatus status() {
    return status;
  }
}
