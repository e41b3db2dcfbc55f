package se.nhv.fhir.run.jobs;

import java.util.Arrays;

/** What a job does. */
public enum JobKind {
  /** Fetches a unit's data from one of its endpoints. */
  PULL("pull"),
  /** Evaluates what an area owes in a reporting year, and keeps the reports. */
  REPORT("report"),
  /** Hands a signed report in to the national side. */
  SUBMIT("submit"),
  /** Deletes the patient data that no report can need any more. */
  RETENTION("retention");

  private final String code;

  JobKind(String code) {
    this.code = code;
  }

  /** The code in Task.code. */
  public String code() {
    return code;
  }

  /**
   * Whether such a job, once begun, is begun again until it has an end of its own: however many
   * servers have stopped while it ran, and without a way to take it back. What was sent may have
   * been taken, and only its answer says so. It reads no patient's data, of which a server could
   * die.
   */
  boolean isBroughtToItsEnd() {
    return this == SUBMIT;
  }

  /** The kind with that code. */
  static JobKind of(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + code + "' is no kind of job"));
  }
}
